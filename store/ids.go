package store

// Ids are typed, so that they cannot be swapped, and are never used again.
type (
	ProviderID   int64
	OperatorID   int64
	UserID       int64
	SessionID    int64
	TokenID      int64
	CustomerID   int64
	TypeID       int64
	ContactID    int64
	GroupID      int64
	AssetID      int64
	AssignmentID int64
	FaultID      int64
	EventID      int64
	FieldID      int64
	FeedID       int64
	PullID       int64
	FileID       int64
	ImportID     int64
	ThemeID      int64
	PortalID     int64
	TemplateID   int64
	MembershipID int64
	RoleID       int64
	InvitationID int64
	TermsID      int64
	MailID       int64
	VehicleID    int64
)
