package store

import "strings"

// said is each verb that changes something as the history says it. Every verb
// that is not a reading has words here; a test sees to it.
var said = map[Verb]string{
	CustomerAdd: "Customer added", CustomerChange: "Customer changed", CustomerDelete: "Customer deleted", CustomerExport: "Customers exported", CustomerUnadd: "Customer taken back with its import",
	CustomerTypeAdd: "Customer type added", CustomerTypeRename: "Customer type renamed", CustomerTypeRemove: "Customer type removed",
	ContactAdd: "Contact added", ContactChange: "Contact changed", ContactRemove: "Contact removed",
	GroupAdd: "Group added", GroupChange: "Group changed", GroupRemove: "Group removed", GroupAssets: "Assets of a group changed",
	AssetAdd: "Asset added", AssetChange: "Asset changed", AssetDelete: "Asset deleted", AssetUnadd: "Asset taken back with its import", AssetAssign: "Assets assigned", AssetUnassign: "Assets taken back", AssetExport: "Assets exported",
	ReadingAdd: "Readings added",
	FieldAdd:   "Custom field added", FieldChange: "Custom field changed", FieldRemove: "Custom field removed",
	FeedAdd: "Feed added", FeedChange: "Feed changed", FeedRemove: "Feed removed", FeedPull: "Feed pulled",
	ImportUpload: "File uploaded for import", ImportMap: "Columns of an import chosen", ImportApply: "Import applied", ImportUndo: "Import undone", ImportRemove: "Import removed",
	PortalSetup: "Portal setup saved", PortalBranding: "Portal branding saved", PortalSuspend: "Portal suspended", PortalResume: "Portal resumed", PortalActivate: "Portal activated",
	ThemeAdd:          "Theme added",
	PortalTemplateAdd: "Portal template saved", PortalTemplateRemove: "Portal template removed",
	InvitationCreate: "Invitation created", InvitationResend: "Invitation sent again", InvitationRevoke: "Invitation revoked",
	InvitationOpen: "Invitation opened", InvitationAsk: "New invitation link asked for", InvitationAccept: "Invitation accepted",
	MemberChange: "Portal user changed", MemberGroups: "Groups of a portal user changed", MemberRoles: "Roles of a portal user changed",
	TermsPublish: "Terms published", PortalTermsSet: "Terms of its own for a portal", PortalTermsEnd: "A portal's own terms ended",
	FeedbackSend: "Feedback sent", UserInvite: "Person added", UserChange: "Person changed", UserGroups: "Groups of a person changed",
	UserJoin: "Added to a portal", UserLeave: "Removed from a portal", UserPassword: "Password set for somebody else",
	UserName:    "User name changed",
	UserDisable: "Account disabled", UserEnable: "Account enabled", UserDelete: "Account deleted", UserSessions: "Sessions of a person ended", UserLink: "One-time link sent", UserExport: "People exported",
	RoleAdd: "Role added", RoleChange: "Role changed", RoleRemove: "Role removed",
	ProfileChange: "Own profile changed", ProfilePassword: "Own password changed", SessionEnd: "Session ended",
	ProfileEmail: "Own e-mail address changed", ProfileFactor: "Own second factor changed", ProfileSignIn: "Signed in with a code",
	UserEmail: "E-mail address of a person changed", ClientEmail: "E-mail address of a client changed", UserFactor: "Second factor of a person reset",
	SiteAdd: "Site added", SiteChange: "Site changed", SiteRemove: "Site removed",
	JobAdd: "Job added", JobChange: "Job changed", JobDelete: "Job deleted", JobUnadd: "Job taken back with its import", JobAssign: "Jobs assigned", JobStatus: "Status of a job set",
	JobRoad: "Step of a job done", JobReopen: "Job opened again", JobGroup: "Jobs put into a group", JobComment: "Comment written", JobNote: "Private note written",
	JobFileAdd: "File added to a job", JobFileShare: "File of a job shared", JobFileRemove: "File of a job removed", JobExport: "Jobs exported", JobReport: "Problem reported",
	TrackingAdd: "Tracking link made", TrackingRevoke: "Tracking link ended", NoticeChange: "Notices changed", NoticeOwn: "Own notices changed",
	JobSettings: "Settings of jobs changed", FilterSave: "Filter saved", FilterRemove: "Saved filter removed",
	OutboxSend: "Letter written", OutboxRetry: "Letter sent again", OutboxCancel: "Letter cancelled", OutboxLink: "Link of a letter shown",
	VehicleAdd: "Vehicle added", VehicleChange: "Vehicle changed", VehicleRemove: "Vehicle removed", VehicleUnadd: "Vehicle taken back with its import", VehicleReading: "Reading of a vehicle added", VehicleExport: "Vehicles exported",
	SettingsChange: "Settings changed",
	UserLoginLink:  "One-time link made",
	PlanChanged:    "Plan changed", ProviderLimits: "Limits changed", ProviderSuspend: "Provider suspended", ProviderResume: "Provider resumed",
}

// Says is the verb in the words of the history, in English, such as "Contact
// added".
func (v Verb) Says() string {
	if s := said[v]; s != "" {
		return s
	}
	what, done, _ := strings.Cut(strings.ReplaceAll(string(v), "_", " "), ".")
	return strings.TrimSpace(what + ": " + done)
}

// Verbs lists every verb that changes something.
func Verbs() []Verb {
	var out []Verb
	for _, r := range rules {
		if !strings.HasSuffix(string(r.verb), ".read") {
			out = append(out, r.verb)
		}
	}
	return out
}
