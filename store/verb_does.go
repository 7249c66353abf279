package store

import "strings"

// Area is a part of the product as the role reference groups verbs.
type Area struct {
	Object string // of its verbs
	Label  string
}

// Areas lists the parts of the product in the order in which people think of
// them. A verb of an object that is not here stands under its own name.
func Areas() []Area {
	areas := []Area{{"customer", "Customers"}, {"customer_type", "Customer types"}, {"contact", "Contacts"}, {"asset", "Assets"}, {"assignment", "Assignments"}, {"reading", "Readings"}, {"fault", "Fault codes"}, {"event", "Activity"},
		{"field", "Custom fields"}, {"feed", "Feeds"}, {"import", "Imports"}, {"vehicle", "Vehicles"}, {"job", "Jobs"}, {"site", "Sites"}, {"portal", "Portals"}, {"template", "Portal templates"}, {"theme", "Themes"}, {"invitation", "Invitations"}, {"member", "Portal users"},
		{"user", "Users"}, {"role", "Roles"}, {"group", "Groups"}, {"outbox", "Outbox"}, {"terms", "Terms"}, {"feedback", "Feedback"}, {"settings", "Settings"}, {"audit", "Audit log"}, {"history", "History"}, {"profile", "Own profile"}, {"session", "Own sessions"}}
	known := map[string]bool{}
	for _, a := range areas {
		known[a.Object] = true
	}
	for _, r := range rules {
		if o := r.verb.Object(); !known[o] && r.staff != "" {
			known[o] = true
			areas = append(areas, Area{o, upperFirst(strings.ReplaceAll(o, "_", " "))})
		}
	}
	out := areas[:0]
	for _, a := range areas {
		if len(verbsOf(a.Object)) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// Verbs lists what can be done in an area, as far as anybody of the staff may.
func (a Area) Verbs() []Verb { return verbsOf(a.Object) }

func verbsOf(object string) (out []Verb) {
	for _, r := range rules {
		if r.staff != "" && r.verb.Object() == object {
			out = append(out, r.verb)
		}
	}
	return out
}

// does is each verb as an ability, where its history's words do not make one.
var does = map[Verb]string{
	CustomerUnadd: "Take customers back with their import", AssetUnadd: "Take assets back with their import", VehicleUnadd: "Take vehicles back with their import",
	GroupAssets: "Put assets into groups", AssetAssign: "Assign assets to customers", AssetUnassign: "Take assets back from customers",
	AssignmentRead: "See who has and had an asset", ReadingRead: "See readings", FaultRead: "See fault codes", EventRead: "See the activity feed", FieldRead: "See custom fields",
	FeedPull: "Ask a feed now", ImportUpload: "Upload files for import", ImportMap: "Choose the columns of an import", ImportApply: "Apply imports", ImportUndo: "Undo imports",
	PortalSetup: "Choose what a portal shares", PortalBranding: "Choose a portal's name and colours", PortalActivate: "Activate portals",
	InvitationCreate: "Invite people into portals", InvitationResend: "Send invitations again", InvitationRevoke: "Revoke invitations",
	MemberRead: "See portal users", MemberChange: "Change portal users", MemberGroups: "Limit portal users to groups", MemberRoles: "Give portal users roles",
	TermsPublish: "Publish terms", PortalTermsSet: "Give a portal terms of its own", PortalTermsEnd: "End a portal's own terms", UserInvite: "Invite users", UserChange: "Change users, their roles and rights", UserGroups: "Limit users to groups", UserName: "Change user names",
	UserDisable: "Disable users", UserEnable: "Enable users", UserDelete: "Delete users", UserSessions: "See and end sessions of users", UserLink: "Send password resets and activation e-mails", UserExport: "Export the list of users",
	RoleAdd: "Make roles", RoleChange: "Change roles", RoleRemove: "Remove roles",
	ProfileChange: "Change one's own profile", ProfilePassword: "Change one's own password", SessionEnd: "End one's own sessions",
	OutboxRead: "See letters and what became of them", OutboxSend: "Cause letters to be written", OutboxRetry: "Send letters again", OutboxCancel: "Cancel letters", OutboxLink: "See the link of a letter that was not sent",
	"job.unadd": "Take jobs back with their import", "job.status": "Set the status of jobs", "job.road": "Work on one's own jobs on the road", "job.reopen": "Open finished jobs again", "job.group": "Put jobs into groups",
	"job.comment": "Comment on jobs", "job.note": "Write private notes on jobs", "job.file_add": "Attach files to jobs", "job.file_share": "Show files of jobs to customers", "job.file_remove": "Remove files of jobs", "job_note.read": "See private notes on jobs", "job_setting.change": "Change statuses, priorities and fields of jobs",
	"portal_template.add": "Keep a portal as a template", "portal_template.remove": "Remove portal templates", "filter.save": "Keep filters of lists", "filter.remove": "Remove kept filters", "vehicle.reading": "Enter readings of vehicles", "user.join": "Add clients and their portals", "user.leave": "Take clients out of portals", "user.password": "Set a client's password", "user.email": "Change e-mail addresses of users", "client.email": "Change e-mail addresses of clients", "user.factor_reset": "Reset second factors",
	"profile.email": "Change one's own e-mail address", "profile.factor": "Set up one's own second factor", "profile.sign_in": "Sign in with a code",
	SettingsRead: "See the settings", SettingsChange: "Change the settings", AuditRead: "Read the audit log", HistoryRead: "Read the history of customers", ReadingAdd: "Enter readings", ThemeAdd: "Add themes",
}

// Does is the verb as an ability, in English, such as "Add contacts".
func (v Verb) Does() string {
	if s := does[v]; s != "" {
		return s
	}
	object, what, _ := strings.Cut(strings.ReplaceAll(string(v), "_", " "), ".")
	if what == "read" {
		what = "see"
	}
	switch {
	case strings.HasSuffix(object, "s"):
	case strings.HasSuffix(object, "y"):
		object = strings.TrimSuffix(object, "y") + "ies"
	default:
		object += "s"
	}
	return upperFirst(what) + " " + object
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// RoleGrants reports whether a built-in role of the staff grants v.
func RoleGrants(builtin string, v Verb) bool { return staffGrants[builtin].has(v) }

// BuiltinRoles lists the built-in roles of staff or clients, in order.
func BuiltinRoles(kind string) (out []Role) {
	for _, b := range builtinRoles {
		if b.kind == kind {
			out = append(out, Role{Kind: kind, Builtin: b.builtin, Name: b.name, About: b.about})
		}
	}
	return out
}

// Everybody reports whether each of the staff may do v, whatever the role.
func Everybody(v Verb) bool { return everybody.has(v) }
