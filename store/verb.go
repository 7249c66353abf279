package store

import (
	"strings"
)

// Verb names a change or a reading: what a role or a portal grants, and for
// changes what the audit log says.
type Verb string

// Every verb. The ones that end in .read grant reading a table.
const (
	CustomerRead       Verb = "customer.read"
	CustomerAdd        Verb = "customer.add"
	CustomerChange     Verb = "customer.change"
	CustomerDelete     Verb = "customer.delete"
	CustomerUnadd      Verb = "customer.unadd" // the undo of an import
	CustomerExport     Verb = "customer.export"
	CustomerTypeAdd    Verb = "customer_type.add"
	CustomerTypeRename Verb = "customer_type.rename"
	CustomerTypeRemove Verb = "customer_type.remove"
	ContactRead        Verb = "contact.read"
	ContactAdd         Verb = "contact.add"
	ContactChange      Verb = "contact.change"
	ContactRemove      Verb = "contact.remove"
	GroupRead          Verb = "group.read"
	GroupAdd           Verb = "group.add"
	GroupChange        Verb = "group.change"
	GroupRemove        Verb = "group.remove"
	GroupAssets        Verb = "group.assets"
	AssetRead          Verb = "asset.read"
	AssetAdd           Verb = "asset.add"
	AssetChange        Verb = "asset.change"
	AssetDelete        Verb = "asset.delete"
	AssetUnadd         Verb = "asset.unadd" // the undo of an import
	AssetAssign        Verb = "asset.assign"
	AssetUnassign      Verb = "asset.unassign"
	AssetExport        Verb = "asset.export"
	AssignmentRead     Verb = "assignment.read"
	ReadingRead        Verb = "reading.read"
	ReadingAdd         Verb = "reading.add"
	FaultRead          Verb = "fault.read"
	EventRead          Verb = "event.read"
	FieldRead          Verb = "field.read"
	FieldAdd           Verb = "field.add"
	FieldChange        Verb = "field.change"
	FieldRemove        Verb = "field.remove"
	FeedRead           Verb = "feed.read"
	FeedAdd            Verb = "feed.add"
	FeedChange         Verb = "feed.change"
	FeedRemove         Verb = "feed.remove"
	FeedPull           Verb = "feed.pull"
	ImportRead         Verb = "import.read"
	ImportUpload       Verb = "import.upload"
	ImportMap          Verb = "import.map"
	ImportApply        Verb = "import.apply"
	ImportUndo         Verb = "import.undo"
	ImportRemove       Verb = "import.remove"
	PortalRead         Verb = "portal.read"
	PortalSetup        Verb = "portal.setup"
	PortalBranding     Verb = "portal.branding"
	PortalSuspend      Verb = "portal.suspend"
	PortalResume       Verb = "portal.resume"
	PortalActivate     Verb = "portal.activate"
	ThemeRead          Verb = "theme.read"
	ThemeAdd           Verb = "theme.add"
	InvitationRead     Verb = "invitation.read"
	InvitationCreate   Verb = "invitation.create"
	InvitationResend   Verb = "invitation.resend"
	InvitationRevoke   Verb = "invitation.revoke"
	InvitationOpen     Verb = "invitation.open"
	InvitationAsk      Verb = "invitation.ask"
	InvitationAccept   Verb = "invitation.accept"
	MemberRead         Verb = "member.read"
	MemberChange       Verb = "member.change"
	MemberGroups       Verb = "member.groups"
	MemberRoles        Verb = "member.roles"
	TermsRead          Verb = "terms.read"
	TermsPublish       Verb = "terms.publish"
	PortalTermsSet     Verb = "portal.terms" // terms of its own
	PortalTermsEnd     Verb = "portal.terms_end"
	FeedbackRead       Verb = "feedback.read"
	FeedbackSend       Verb = "feedback.send"
	UserRead           Verb = "user.read"
	UserInvite         Verb = "user.invite"
	UserChange         Verb = "user.change"
	UserGroups         Verb = "user.groups"
	UserJoin           Verb = "user.join"     // a client becomes a member of a customer's portal
	UserLeave          Verb = "user.leave"    // and is one no more
	UserPassword       Verb = "user.password" // somebody else's
	UserName           Verb = "user.username"
	UserDisable        Verb = "user.disable"
	UserEnable         Verb = "user.enable"
	UserDelete         Verb = "user.delete"
	UserSessions       Verb = "user.sessions"
	UserLink           Verb = "user.link" // a one-time link to a person: activation, reset
	UserExport         Verb = "user.export"
	RoleRead           Verb = "role.read"
	RoleAdd            Verb = "role.add"
	RoleChange         Verb = "role.change"
	RoleRemove         Verb = "role.remove"
	ProfileChange      Verb = "profile.change"
	ProfilePassword    Verb = "profile.password"
	ProfileEmail       Verb = "profile.email"
	ProfileFactor      Verb = "profile.factor"
	ProfileSignIn      Verb = "profile.sign_in"   // by a code or a recovery code
	UserEmail          Verb = "user.email"        // of staff
	ClientEmail        Verb = "client.email"      // of a customer's people
	UserFactor         Verb = "user.factor_reset" // of anybody else
	SessionEnd         Verb = "session.end"
	SiteRead           Verb = "site.read"
	SiteAdd            Verb = "site.add"
	SiteChange         Verb = "site.change"
	SiteRemove         Verb = "site.remove"
	JobRead            Verb = "job.read"
	JobAdd             Verb = "job.add"
	JobChange          Verb = "job.change"
	JobDelete          Verb = "job.delete"
	JobUnadd           Verb = "job.unadd" // the undo of an import
	JobAssign          Verb = "job.assign"
	JobStatus          Verb = "job.status"
	JobRoad            Verb = "job.road"   // the steps of whoever does the job, of one's own
	JobReopen          Verb = "job.reopen" // steps back from an end
	JobGroup           Verb = "job.group"
	JobComment         Verb = "job.comment"
	JobNote            Verb = "job.note"
	JobNoteRead        Verb = "job_note.read"
	JobFileAdd         Verb = "job.file_add"
	JobFileShare       Verb = "job.file_share"
	JobFileRemove      Verb = "job.file_remove"
	ReportRead         Verb = "report.read"
	JobExport          Verb = "job.export"
	JobReport          Verb = "job.report" // a client's: a problem becomes a job
	JobSettings        Verb = "job_setting.change"
	TrackingAdd        Verb = "tracking.add"
	TrackingRevoke     Verb = "tracking.revoke"
	NoticeChange       Verb = "notice.change" // how a customer's people are told
	NoticeOwn          Verb = "notice.own"
	FilterSave         Verb = "filter.save"
	FilterRemove       Verb = "filter.remove"
	OutboxRead         Verb = "outbox.read"
	OutboxSend         Verb = "outbox.send"
	OutboxRetry        Verb = "outbox.retry"
	OutboxCancel       Verb = "outbox.cancel"
	OutboxLink         Verb = "outbox.link"
	SettingsRead       Verb = "settings.read"
	SettingsChange     Verb = "settings.change"
	VehicleRead        Verb = "vehicle.read"
	VehicleAdd         Verb = "vehicle.add"
	VehicleChange      Verb = "vehicle.change"
	VehicleRemove      Verb = "vehicle.remove"
	VehicleUnadd       Verb = "vehicle.unadd" // the undo of an import
	VehicleReading     Verb = "vehicle.reading"
	VehicleExport      Verb = "vehicle.export"
	AuditRead          Verb = "audit.read"
	HistoryRead        Verb = "history.read" // the audit lines of the customers one sees

	PortalTemplateAdd    Verb = "portal_template.add"
	PortalTemplateRemove Verb = "portal_template.remove"

	// What only the appliance's operator does to a provider; no role has them.
	PlanChanged     Verb = "provider.plan"
	ProviderLimits  Verb = "provider.limits"
	ProviderSuspend Verb = "provider.suspend"
	ProviderResume  Verb = "provider.resume"
	UserLoginLink   Verb = "user.login_link"
)

// Object is the part of the verb that names what it is done to.
func (v Verb) Object() string { o, _, _ := strings.Cut(string(v), "."); return o }

// rule says who is granted a verb: staff by the letters of their roles
// (A admin, F fleet admin, U user, T technician, G agent; * everybody),
// clients by a feature of their portal ("" with a role: always) and the role
// they need there ("u" any member, "a" the portal admin).
type rule struct {
	verb    Verb
	staff   string
	feature Feature
	client  string
}

// rules is the permission matrix of the product, on one page.
var rules = []rule{
	{CustomerRead, "*", "", "u"},
	{CustomerAdd, "AF", "", ""},
	{CustomerChange, "AF", "", ""},
	{CustomerDelete, "A", "", ""},
	{CustomerUnadd, "AF", "", ""},
	{CustomerExport, "AFU", "", ""},
	{CustomerTypeAdd, "A", "", ""},
	{CustomerTypeRename, "A", "", ""},
	{CustomerTypeRemove, "A", "", ""},
	{ContactRead, "*", "", ""},
	{ContactAdd, "AFG", "", ""},
	{ContactChange, "AFG", "", ""},
	{ContactRemove, "AFG", "", ""},
	{GroupRead, "*", "", "u"},
	{GroupAdd, "A", "", ""},
	{GroupChange, "A", "", ""},
	{GroupRemove, "A", "", ""},
	{GroupAssets, "AF", "", ""},
	{AssetRead, "*", FeatureAssets, "u"},
	{AssetAdd, "AF", "", ""},
	{AssetChange, "AFT", "", ""},
	{AssetDelete, "A", "", ""},
	{AssetUnadd, "AF", "", ""},
	{AssetAssign, "AF", "", ""},
	{AssetUnassign, "AF", "", ""},
	{AssetExport, "AFU", FeatureExport, "u"},
	{AssignmentRead, "*", "", ""},
	{ReadingRead, "*", FeatureHistory, "u"},
	{ReadingAdd, "AFT", "", ""},
	{FaultRead, "*", FeatureFaults, "u"},
	{EventRead, "*", FeatureActivity, "u"},
	{FieldRead, "*", FeatureAssets, "u"},
	{FieldAdd, "A", "", ""},
	{FieldChange, "A", "", ""},
	{FieldRemove, "A", "", ""},
	{FeedRead, "AF", "", ""},
	{FeedAdd, "A", "", ""},
	{FeedChange, "A", "", ""},
	{FeedRemove, "A", "", ""},
	{FeedPull, "AF", "", ""},
	{ImportRead, "AF", "", ""},
	{ImportUpload, "AF", "", ""},
	{ImportMap, "AF", "", ""},
	{ImportApply, "AF", "", ""},
	{ImportUndo, "AF", "", ""},
	{ImportRemove, "AF", "", ""},
	{PortalRead, "*", "", "u"},
	{PortalSetup, "A", "", ""},
	{PortalBranding, "A", "", ""},
	{PortalTemplateAdd, "A", "", ""},
	{PortalTemplateRemove, "A", "", ""},
	{PortalSuspend, "A", "", ""},
	{PortalResume, "A", "", ""},
	{PortalActivate, "A", "", ""},
	{ThemeRead, "*", "", "u"},
	{ThemeAdd, "A", "", ""},
	{InvitationRead, "AFG", "", ""},
	{InvitationCreate, "A", "", ""},
	{InvitationResend, "A", "", ""},
	{InvitationRevoke, "A", "", ""},
	{InvitationOpen, "", "", ""}, // by whoever holds the link, as the next two
	{InvitationAsk, "", "", ""},
	{InvitationAccept, "", "", ""},
	{MemberRead, "*", "", "u"},
	{MemberChange, "A", "", "a"},
	{MemberGroups, "A", "", ""},
	{MemberRoles, "A", "", ""},
	{TermsRead, "*", "", "u"},
	{TermsPublish, "A", "", ""},
	{PortalTermsSet, "A", "", ""},
	{PortalTermsEnd, "A", "", ""},
	{FeedbackRead, "A", "", ""},
	{FeedbackSend, "", "", "u"},
	{UserRead, "*", "", "u"},
	{UserInvite, "A", "", ""},
	{UserChange, "A", "", ""},
	{UserGroups, "A", "", ""},
	{UserJoin, "A", "", ""},
	{UserLeave, "A", "", ""},
	{UserPassword, "A", "", ""},
	{UserName, "A", "", ""},
	{UserDisable, "A", "", ""},
	{UserEnable, "A", "", ""},
	{UserDelete, "A", "", ""},
	{UserSessions, "A", "", ""},
	{UserLink, "A", "", ""},
	{UserExport, "A", "", ""},
	{RoleRead, "*", "", "u"},
	{RoleAdd, "A", "", ""},
	{RoleChange, "A", "", ""},
	{RoleRemove, "A", "", ""},
	{ProfileChange, "*", "", "u"},
	{ProfilePassword, "*", "", "u"},
	{ProfileEmail, "*", "", "u"},
	{ProfileFactor, "*", "", "u"},
	{ProfileSignIn, "", "", ""}, // by whoever holds a code
	{UserEmail, "A", "", ""},
	{ClientEmail, "A", "", ""},
	{UserFactor, "A", "", ""},
	{SessionEnd, "*", "", "u"},
	{SiteRead, "*", featureAnyJob, "u"},
	{SiteAdd, "AFG", "", ""},
	{SiteChange, "AFG", "", ""},
	{SiteRemove, "A", "", ""},
	{JobRead, "*", featureAnyJob, "u"},
	{JobAdd, "AFTG", "", ""},
	{JobChange, "AFG", "", ""},
	{JobDelete, "A", "", ""},
	{JobUnadd, "AF", "", ""},
	{JobAssign, "AFG", "", ""},
	{JobStatus, "AFG", "", ""},
	{JobRoad, "AFTG", "", ""},
	{JobReopen, "AFG", "", ""},
	{JobGroup, "AFG", "", ""},
	{JobComment, "AFTG", FeatureJobComments + "|" + FeatureDeliveryComments, "u"},
	{JobNote, "AFTG", "", ""},
	{JobNoteRead, "*", "", ""},
	{JobFileAdd, "AFTG", FeatureReport, "u"},
	{JobFileShare, "AFG", "", ""},
	{JobFileRemove, "AFG", "", ""},
	{ReportRead, "AFUG", FeatureJobReports + "|" + FeatureDeliveryReports, "u"},
	{JobExport, "AFUG", FeatureJobExport + "|" + FeatureDeliveryExport, "u"},
	{JobReport, "", FeatureReport, "u"},
	{JobSettings, "A", "", ""},
	{TrackingAdd, "AFG", "", ""},
	{TrackingRevoke, "AFG", "", ""},
	{NoticeChange, "A", "", ""},
	{NoticeOwn, "*", "", "u"},
	{FilterSave, "*", "", "u"},
	{FilterRemove, "*", "", "u"},
	{OutboxRead, "AFG", "", ""}, // without links that open something: those are for OutboxLink
	{OutboxSend, "*", "", "u"},
	{OutboxRetry, "A", "", ""},
	{OutboxCancel, "A", "", ""},
	{OutboxLink, "A", "", ""},
	{SettingsRead, "*", "", "u"},
	{SettingsChange, "A", "", ""},
	{VehicleRead, "*", FeatureVehicles, "u"},
	{VehicleAdd, "AF", "", ""},
	{VehicleChange, "AF", "", ""},
	{VehicleRemove, "AF", "", ""},
	{VehicleUnadd, "AF", "", ""},
	{VehicleReading, "AFT", "", ""},
	{VehicleExport, "AFU", "", ""},
	{AuditRead, "A", "", ""},
	{HistoryRead, "AFUG", "", ""},
	{PlanChanged, "", "", ""},
	{ProviderLimits, "", "", ""},
	{ProviderSuspend, "", "", ""},
	{ProviderResume, "", "", ""},
	{UserLoginLink, "", "", ""},
}
