package store

import (
	"strings"
)

// The wall stands between tenants, and between a customer and what was not
// shared with it. SQL in this package never names a tenant's table bare. It
// writes {assets}, "the assets I may see", and the wall turns that into a
// subselect of the scope's own rows; <assets> names the table a statement
// writes to, and {mine:assets} is the condition such a write needs. A bare
// name does not run.

// wall says whose rows a table holds, beyond "this provider's", and which of
// its columns a client sees.
type wall struct {
	read    Verb   // the grant that reading it needs
	staff   string // for all staff; "" adds nothing
	grouped string // further, for staff limited to groups
	client  string // for clients
	units   string // further, for members limited to some groups of their customer
	recent  string // further, for staff whose right "Hide historical data" is set
	columns string // what a client gets to see of it; "" is every column
	manager string // for a portal admin who manages colleagues; "" is nobody
	managed string // what such a one gets to see of it; "" is every column
}

const (
	nobody  = `0`
	allRows = ``

	ofCustomer  = `customer_id = :customer`
	myGroups    = `SELECT group_id FROM user_groups WHERE provider_id = :provider AND user_id = :user`
	myUnits     = `SELECT group_id FROM membership_groups WHERE provider_id = :provider AND membership_id = :member`
	myCustomers = `SELECT customer_id FROM groups WHERE provider_id = :provider AND customer_id IS NOT NULL AND id IN (` + myGroups + `)`
	// A portal admin limited to groups manages itself and those who are limited
	// to some of these.
	managedHere = ofCustomer + ` AND (:all_units OR user_id = :user OR all_groups = 0 AND NOT EXISTS (SELECT 1 FROM membership_groups held WHERE held.provider_id = :provider
		AND held.membership_id = memberships.id AND held.group_id NOT IN (` + myUnits + `)))`
	ofManaged = `IN (SELECT user_id FROM memberships WHERE provider_id = :provider AND ` + managedHere + `)`
	atManaged = `membership_id IN (SELECT id FROM memberships WHERE provider_id = :provider AND ` + managedHere + `)`

	// Who sees records of "own groups" sees no asset that is in none of its
	// customer's; where it is limited to some, the units narrow this further.
	haveItNow    = ofCustomer + ` AND since <= :now AND (until IS NULL OR until > :now) AND (:in_groups = 0 OR id IN (SELECT asset_id FROM asset_groups WHERE provider_id = :provider AND group_id IN (` + customerGroups + `)))`
	inMyGroups   = `SELECT asset_id FROM asset_groups WHERE provider_id = :provider AND group_id IN (` + myGroups + `)`
	inMyUnits    = `SELECT asset_id FROM asset_groups WHERE provider_id = :provider AND group_id IN (` + myUnits + `)`
	ofMyAssets   = `asset_id IN (` + inMyGroups + `)`
	ofUnitAssets = `asset_id IN (` + inMyUnits + `)`

	ofMyGroups     = `SELECT vehicle_id FROM vehicle_groups WHERE provider_id = :provider AND group_id IN (` + myGroups + `)`
	customerGroups = `SELECT id FROM groups WHERE provider_id = :provider AND customer_id = :customer`
	ofCustomers    = `SELECT vehicle_id FROM vehicle_groups WHERE provider_id = :provider AND group_id IN (` + customerGroups + `)`
	ofMyUnits      = `SELECT vehicle_id FROM vehicle_groups WHERE provider_id = :provider AND group_id IN (` + myUnits + `)`
	ofLastDay      = `at >= :recent`
)

// hasIt is true for a row of table whose asset the client's customer has now.
// It asks row by row: a set of its assets would be made anew for every
// statement, and some customers have many thousands.
func hasIt(table string) string {
	return `EXISTS (SELECT 1 FROM assets held WHERE held.id = ` + table + `.asset_id AND held.provider_id = :provider AND +held.customer_id = :customer
		AND +held.since <= :now AND (held.until IS NULL OR +held.until > :now)
		AND (:in_groups = 0 OR EXISTS (SELECT 1 FROM asset_groups tagged WHERE tagged.provider_id = :provider AND tagged.asset_id = held.id AND tagged.group_id IN (` + customerGroups + `))))`
}

// hadIt is true for a row of table whose time lies in an assignment of the
// asset to the client's customer: history of others stays theirs. The pluses
// keep SQLite from going about it by customer, where a query names the asset.
func hadIt(table string) string {
	return hasIt(table) + ` AND EXISTS (SELECT 1 FROM assignments had WHERE had.provider_id = :provider AND had.asset_id = ` + table + `.asset_id
		AND +had.customer_id = :customer AND had.starts_at <= ` + table + `.at AND (had.ends_at IS NULL OR had.ends_at > ` + table + `.at))`
}

// assetColumns is what a client sees of an asset: meter values and positions
// only where shared, and only those taken since the customer got it.
const clientAssetColumns = `id, provider_id, name, external_id, serial, pin, make, model, type, year, status, customer_id, since, until,
	CASE WHEN :sees_meters AND hours_at >= since THEN hours END AS hours, CASE WHEN :sees_meters AND hours_at >= since THEN hours_at END AS hours_at,
	CASE WHEN :sees_meters AND idle_hours_at >= since THEN idle_hours END AS idle_hours, CASE WHEN :sees_meters AND idle_hours_at >= since THEN idle_hours_at END AS idle_hours_at,
	CASE WHEN :sees_meters AND fuel_at >= since THEN fuel END AS fuel, CASE WHEN :sees_meters AND fuel_at >= since THEN fuel_at END AS fuel_at,
	CASE WHEN :sees_meters AND def_at >= since THEN def END AS def, CASE WHEN :sees_meters AND def_at >= since THEN def_at END AS def_at,
	CASE WHEN :sees_meters AND odometer_at >= since THEN odometer END AS odometer, CASE WHEN :sees_meters AND odometer_at >= since THEN odometer_at END AS odometer_at,
	CASE WHEN :sees_meters AND engine_at >= since THEN engine END AS engine, CASE WHEN :sees_meters AND engine_at >= since THEN engine_at END AS engine_at,
	CASE WHEN :sees_place AND located_at >= since THEN lat END AS lat, CASE WHEN :sees_place AND located_at >= since THEN lon END AS lon,
	CASE WHEN :sees_place AND located_at >= since THEN located_at END AS located_at,
	CASE WHEN (:sees_meters OR :sees_place) AND seen_at >= since THEN seen_at ELSE 0 END AS seen_at, version, created_at, updated_at`

// clientVehicleColumns is what a client sees of a vehicle: never who drives it.
const clientVehicleColumns = `id, provider_id, name, plate, NULL AS driver_id, lat, lon, located_at, speed, speed_at, NULL AS odometer, NULL AS odometer_at, seen_at, version`

// clientJobs is whose jobs a client sees: its customer's, of the shapes that
// its portal shares, never a draft it did not report itself, and what it
// reported. Who sees "own groups" sees none that is in no group; where it is
// limited to some of them, the units narrow this further.
func clientJobs(at string) string {
	return strings.ReplaceAll(`@customer_id = :customer AND NOT (@status = 'draft' AND @source <> 'portal')
		AND (@kind = 'work' AND :sees_work OR @kind <> 'work' AND :sees_deliveries OR :reports AND @reporter_id = :user) AND (:own = 0 OR @reporter_id = :user)
		AND (:in_groups = 0 OR @group_id IN (`+customerGroups+`))`, "@", at)
}

// clientJobColumns is what a client sees of a job: nobody's name who does it,
// no vehicle unless vehicles are shared, no instructions for the road.
const clientJobColumns = `id, provider_id, number, kind, external_id, attempt, attempt_of, customer_id, 0 AS by_group, group_id, site_id, subject, description, '' AS instructions,
	address, lat, lon, contact_name, contact_phone, contact_email, day, window_from, window_to, zone, starts_at, ends_at, priority_id, start_by, due_by,
	NULL AS assignee_id, CASE WHEN :sees_vehicles THEN vehicle_id END AS vehicle_id, status, sub_id, reason, source, reporter_id, reporter, '' AS once,
	received_at, started_at, arrived_at, done_at, version, created_at, updated_at, (assignee_id IS NOT NULL OR vehicle_id IS NOT NULL) AS assigned`

// clientSays is what a line of a timeline says to a client: who received it only
// where proofs are shared.
const clientSays = `CASE WHEN kind <> 'proof' OR EXISTS (SELECT 1 FROM jobs k WHERE k.provider_id = :provider AND k.id = job_events.job_id AND (k.kind = 'work' AND :sees_work_files OR k.kind <> 'work' AND :sees_proof)) THEN says ELSE '' END`

// ofJob is true for a row of table whose job meets a condition on j.
func ofJob(table, cond string) string {
	return `EXISTS (SELECT 1 FROM jobs j WHERE j.provider_id = :provider AND j.id = ` + table + `.job_id AND ` + cond + `)`
}

func ofGroupJobs(table string) string { return ofJob(table, `j.group_id IN (`+myGroups+`)`) }

// ofJobs is the wall of what hangs on jobs: seen by whoever sees the job, and
// by clients only under a further condition.
func ofJobs(table, client, columns string) wall {
	w := wall{read: JobRead, grouped: ofGroupJobs(table), client: ofJob(table, clientJobs("j.")), units: ofJob(table, `j.group_id IN (`+myUnits+`)`), columns: columns}
	if client != "" {
		w.client += ` AND ` + client
	}
	return w
}

// auditOfMine is true for a line of the audit log about what staff limited to
// groups may see: one customer's jobs, assets, sites and groups can be several
// people's. What is gone is in nobody's groups any more.
const auditOfMine = `CASE WHEN object IN ('job', 'tracking') THEN EXISTS (SELECT 1 FROM jobs j WHERE j.provider_id = :provider AND j.id = object_id AND j.group_id IN (` + myGroups + `))
	WHEN object IN ('asset', 'reading') THEN EXISTS (SELECT 1 FROM asset_groups h WHERE h.provider_id = :provider AND h.asset_id = object_id AND h.group_id IN (` + myGroups + `))
	WHEN object = 'site' THEN EXISTS (SELECT 1 FROM sites l WHERE l.provider_id = :provider AND l.id = object_id AND (l.group_id IS NULL OR l.group_id IN (` + myGroups + `)))
	WHEN object = 'group' THEN object_id IN (` + myGroups + `) ELSE verb NOT IN ('user.groups', 'member.groups') END`

// managedUserColumns is what a portal admin gets to see of a colleague: no
// secrets, nothing of its life at other customers.
const managedUserColumns = `id, provider_id, kind, name, email, email_key, '' AS username, title, phone, '' AS employee_no, '' AS role, 0 AS owner, 0 AS all_groups, must_change, state,
	NULL AS last_login_at, created_at, updated_at, version`

// walls is the whole visibility policy of the product. A tenant table that is
// missing here is closed to everyone.
var walls = map[string]wall{
	"provider_settings": {read: SettingsRead, grouped: allRows, client: `name LIKE 'public.%'`},
	"numbers":           {read: SettingsRead, client: nobody},
	"plan_features":     {read: SettingsRead, client: nobody, manager: `1`},

	"users":          {read: UserRead, staff: `state <> 'deleted'`, grouped: `(kind = 'staff' OR id IN (SELECT user_id FROM memberships WHERE provider_id = :provider AND customer_id IN (` + myCustomers + `)))`, client: `id = :user`, manager: `kind = 'client' AND state <> 'deleted' AND id ` + ofManaged, managed: managedUserColumns},
	"sessions":       {read: ProfileChange, staff: `user_id = :user`, client: `user_id = :user AND portal_id = :portal`, manager: `portal_id = :portal AND user_id ` + ofManaged, managed: `id, provider_id, user_id, portal_id, created_at, seen_at, expires_at`},
	"user_tokens":    {read: UserInvite, client: nobody},
	"email_changes":  {read: UserRead, client: `user_id = :user`},
	"second_factors": {read: ProfileChange, staff: `user_id = :user`, client: `user_id = :user`},
	"recovery_codes": {read: ProfileChange, staff: `user_id = :user`, client: `user_id = :user`},
	"user_groups":    {read: UserRead, grouped: `user_id = :user`, client: nobody},
	"sent_forms":     {read: ProfileChange, staff: `user_id = :user`, client: nobody},
	"audit":          {read: HistoryRead, recent: ofLastDay, grouped: `customer_id IN (` + myCustomers + `) AND ` + auditOfMine, client: nobody},

	"user_roles":       {read: UserRead, client: nobody},
	"user_rights":      {read: UserRead, client: nobody},
	"user_choices":     {read: ProfileChange, staff: `user_id = :user`, client: `user_id = :user`},
	"roles":            {read: RoleRead, client: `kind = 'client'`, manager: `kind = 'client'`},
	"role_grants":      {read: RoleRead, client: `role_id IN (SELECT id FROM roles WHERE provider_id = :provider AND kind = 'client')`, manager: `role_id IN (SELECT id FROM roles WHERE provider_id = :provider AND kind = 'client')`},
	"membership_roles": {read: MemberRead, grouped: `membership_id IN (SELECT id FROM memberships WHERE provider_id = :provider AND customer_id IN (` + myCustomers + `))`, client: `membership_id = :member`, manager: atManaged},

	"customer_types": {read: CustomerRead, client: nobody},
	"customers": {read: CustomerRead, staff: `deleted_at IS NULL`, grouped: `id IN (` + myCustomers + `)`, client: `id = :customer AND deleted_at IS NULL`,
		columns: `id, provider_id, number, name, email, phone, street, postal_code, city, country, deleted_at`, manager: `id = :customer AND deleted_at IS NULL`, managed: `id, provider_id, number, name, deleted_at`},
	"contacts": {read: ContactRead, grouped: `customer_id IN (` + myCustomers + `)`, client: nobody},
	"groups":   {read: GroupRead, grouped: `id IN (` + myGroups + `)`, client: ofCustomer, units: `id IN (` + myUnits + `)`, manager: ofCustomer + ` AND (:all_units OR id IN (` + myUnits + `))`},

	"assets":       {read: AssetRead, grouped: `id IN (` + inMyGroups + `)`, client: haveItNow, units: `id IN (` + inMyUnits + `)`, columns: clientAssetColumns},
	"asset_groups": {read: GroupRead, grouped: `group_id IN (` + myGroups + `)`, client: hasIt("asset_groups"), units: `group_id IN (` + myUnits + `)`},
	"assignments":  {read: AssignmentRead, grouped: ofMyAssets, client: nobody},
	"readings":     {read: ReadingRead, recent: ofLastDay, grouped: ofMyAssets, client: hadIt("readings") + ` AND (:sees_place OR kind <> 'position') AND (:sees_meters OR kind = 'position')`, units: ofUnitAssets},
	"faults":       {read: FaultRead, recent: ofLastDay, grouped: ofMyAssets, client: hadIt("faults"), units: ofUnitAssets},
	"events":       {read: EventRead, recent: ofLastDay, grouped: ofMyAssets, client: `+` + ofCustomer + ` AND ` + hadIt("events"), units: ofUnitAssets},
	"asset_fields": {read: FieldRead, client: `shared = 1`},
	"asset_values": {read: FieldRead, grouped: ofMyAssets, client: hasIt("asset_values") + ` AND field_id IN (SELECT id FROM asset_fields WHERE provider_id = :provider AND shared = 1)`, units: ofUnitAssets},
	"feeds":        {read: FeedRead, grouped: nobody, client: nobody},
	"feed_pulls":   {read: FeedRead, grouped: nobody, client: nobody},

	"vehicles":         {read: VehicleRead, grouped: `id IN (` + ofMyGroups + `)`, client: `id IN (` + ofCustomers + `)`, units: `id IN (` + ofMyUnits + `)`, columns: clientVehicleColumns},
	"vehicle_groups":   {read: VehicleRead, grouped: `group_id IN (` + myGroups + `)`, client: `group_id IN (` + customerGroups + `)`, units: `group_id IN (` + myUnits + `)`},
	"vehicle_readings": {read: VehicleRead, recent: ofLastDay, grouped: `vehicle_id IN (` + ofMyGroups + `)`, client: nobody},

	"files":           ofFiles("files.id"),
	"file_chunks":     ofFiles("file_chunks.file_id"),
	"file_totals":     {read: ImportRead, grouped: nobody, client: nobody},
	"imports":         {read: ImportRead, grouped: nobody, client: nobody},
	"import_rows":     {read: ImportRead, grouped: nobody, client: nobody},
	"import_mappings": {read: ImportRead, grouped: nobody, client: nobody},
	"import_codes":    {read: ImportRead, grouped: nobody, client: nobody},

	"themes":                   {read: ThemeRead, client: `id = (SELECT theme_id FROM portals WHERE provider_id = :provider AND id = :portal)`},
	"portals":                  {read: PortalRead, staff: `state <> 'deleted'`, grouped: `customer_id IN (` + myCustomers + `)`, client: `id = :portal`, manager: `id = :portal`},
	"portal_templates":         {read: PortalSetup, client: nobody},
	"portal_template_features": {read: PortalSetup, client: nobody},
	"portal_features":          {read: PortalRead, grouped: `portal_id IN (SELECT id FROM portals WHERE provider_id = :provider AND customer_id IN (` + myCustomers + `))`, client: `portal_id = :portal`, manager: `portal_id = :portal`},
	"memberships":              {read: MemberRead, grouped: `customer_id IN (` + myCustomers + `)`, client: ofCustomer + ` AND user_id = :user`, manager: managedHere},
	"membership_groups":        {read: MemberRead, grouped: `group_id IN (` + myGroups + `)`, client: `membership_id = :member`, manager: atManaged},
	"invitations":              {read: InvitationRead, grouped: `customer_id IN (` + myCustomers + `)`, client: nobody},
	"terms":                    {read: TermsRead, client: `(own = 0 OR id IN (SELECT terms_id FROM portal_terms WHERE provider_id = :provider AND portal_id = :portal))`},
	"feedback":                 {read: FeedbackRead, grouped: `customer_id IN (` + myCustomers + `)`, client: `user_id = :user AND portal_id = :portal`},
	"portal_terms":             {read: TermsRead, grouped: `portal_id IN (SELECT id FROM portals WHERE provider_id = :provider AND customer_id IN (` + myCustomers + `))`, client: `portal_id = :portal`},
	"terms_acceptances":        {read: TermsRead, client: `user_id = :user AND portal_id = :portal`},

	"sites": {read: SiteRead, grouped: `(group_id IN (` + myGroups + `) OR group_id IS NULL AND customer_id IN (` + myCustomers + `))`, client: ofCustomer + ` AND (:in_groups = 0 OR group_id IN (` + customerGroups + `))`, units: `group_id IN (` + myUnits + `)`,
		columns: `id, provider_id, customer_id, group_id, name, external_id, street, postal_code, city, country, lat, lon, contact_name, contact_phone, contact_email, '' AS access, version, created_at, updated_at`},
	"jobs":           {read: JobRead, grouped: `+group_id IN (` + myGroups + `)`, client: clientJobs(""), units: `+group_id IN (` + myUnits + `)`, columns: clientJobColumns},
	"job_counts":     {read: JobRead, grouped: `group_id IN (` + myGroups + `)`, client: ofCustomer + ` AND :own = 0 AND (:in_groups = 0 OR group_id IN (` + customerGroups + `)) AND status <> 'draft' AND (kind = 'work' AND :sees_work OR kind <> 'work' AND :sees_deliveries)`, units: `group_id IN (` + myUnits + `)`},
	"job_priorities": {read: JobRead, client: allRows},
	"job_statuses":   {read: JobRead, client: `shared = 1`},
	"job_fields":     {read: JobRead, client: `shared = 1`},
	"job_items":      ofJobs("job_items", "", ""),
	"job_assets":     ofJobs("job_assets", hasIt("job_assets"), ""),
	"job_events":     ofJobs("job_events", `public = 1`, `id, provider_id, job_id, at, kind, public, status, sub_id, `+clientSays+` AS says, CASE WHEN by_client THEN actor_id END AS actor_id, CASE WHEN by_client THEN actor ELSE '' END AS actor, by_client, '{}' AS detail`),
	"job_comments":   ofJobs("job_comments", "", `id, provider_id, job_id, at, CASE WHEN by_client THEN user_id END AS user_id, CASE WHEN by_client THEN author ELSE '' END AS author, by_client, body, '' AS once`),
	"job_feed":       {read: JobRead, grouped: ofGroupJobs("job_feed"), client: `+` + ofCustomer + ` AND ` + ofJob("job_feed", clientJobs("j.")), units: ofJob("job_feed", `j.group_id IN (`+myUnits+`)`)},
	"job_notes":      {read: JobNoteRead, grouped: ofGroupJobs("job_notes"), client: nobody},
	"job_values":     ofJobs("job_values", `field_id IN (SELECT id FROM job_fields WHERE provider_id = :provider AND shared = 1)`, ""),
	"job_proofs": ofJobs("job_proofs", `EXISTS (SELECT 1 FROM jobs k WHERE k.provider_id = :provider AND k.id = job_proofs.job_id AND (k.kind = 'work' AND :sees_work_files OR k.kind <> 'work' AND :sees_proof))`,
		`id, provider_id, job_id, kind, receiver, note, NULL AS lat, NULL AS lon, NULL AS accuracy, at, received_at, NULL AS user_id, '' AS author, '' AS once`),
	"job_files": ofJobs("job_files", jobFileClient,
		`id, provider_id, job_id, file_id, thumb_id, proof_id, item_id, kind, name, media, size, caption, shared, by_client, CASE WHEN by_client THEN user_id END AS user_id, CASE WHEN by_client THEN author ELSE '' END AS author, at`),
	"tracking_links":  {read: JobRead, grouped: ofGroupJobs("tracking_links"), client: nobody},
	"saved_filters":   {read: FilterSave, staff: `user_id = :user`, client: `user_id = :user`},
	"notice_settings": {read: NoticeOwn, client: `(user_id = :user OR user_id IS NULL AND (portal_id = :portal OR portal_id IS NULL))`},

	"notices":        {read: NoticeChange, grouped: nobody, client: nobody},
	"job_told":       {read: NoticeChange, grouped: nobody, client: nobody},
	"notice_digests": {read: NoticeChange, grouped: nobody, client: nobody},
	"notice_days":    {read: NoticeChange, grouped: nobody, client: nobody},
	"notice_quits":   {read: NoticeChange, grouped: nobody, client: nobody},
	"notice_stops":   {read: NoticeChange, grouped: nobody, client: nobody},
	"digest_lines":   {read: OutboxRead, grouped: nobody, client: nobody},
	"outbox_jobs":    {read: OutboxRead, grouped: nobody, client: nobody},

	"outbox": {read: OutboxRead, grouped: nobody, client: nobody, manager: `portal_id = :portal AND user_id ` + ofManaged, managed: `id, provider_id, state, user_id, portal_id, created_at`},
}
