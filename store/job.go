package store

import (
	"context"
	"strconv"
	"strings"
	"time"

	"gatehouse/store/fault"
)

// The shapes of a job.
const (
	JobWork       = "work"
	JobDelivery   = "delivery"
	JobCollection = "collection"
)

// JobKinds are the shapes in the order people see them.
var JobKinds = []string{JobWork, JobDelivery, JobCollection}

// JobNumber is a job's number as people see it.
func JobNumber(n int64) string { return "J-" + strconv.FormatInt(n, 10) }

// Job is something to be done for a customer: a work order, a delivery or a
// collection. A client never learns who does it, nor the instructions.
type Job struct {
	ID     JobID
	Number int64
	JobInput
	Status       string // primary, fixed
	Sub          JobStatusID
	SubName      string // of the secondary status; a client's only if shared
	Assigned     bool
	ByGroup      bool // Customer comes from the group
	CustomerName string
	GroupName    string
	SiteName     string
	PriorityName string
	PriorityTone string
	AssigneeName string
	VehicleName  string // a client's only where vehicles are shared, and this one
	Driver       UserID // who drives its vehicle now, for whoever sees the vehicle; only where a job is read in full
	Reason       string // why it failed, waits, or was cancelled
	Attempt      int64
	AttemptOf    JobID
	Source       string // staff, portal, import, api
	Reporter     UserID
	ReporterName string
	StartsAt     time.Time // the window as moments
	EndsAt       time.Time
	ReceivedAt   time.Time
	StartedAt    time.Time
	ArrivedAt    time.Time
	DoneAt       time.Time
	Version      int64
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// JobInput is what people type about a job.
type JobInput struct {
	Kind                                    string
	Customer                                CustomerID // whose it is; in an edit 0: whose the group is
	Group                                   GroupID
	Site                                    SiteID
	ExternalID                              string // D.O. number, order number
	Subject, Description, Instructions      string
	Address                                 string
	Lat, Lon                                Num
	ContactName, ContactPhone, ContactEmail string
	Day                                     string // 2006-01-02, "" for none
	From, To                                string // 15:04 on that day's clock, "" for none
	Zone                                    string // whose clock that is; "": the provider's
	Priority                                PriorityID
	StartBy, DueBy                          time.Time // zero in an edit: as the priority says
	Assignee                                UserID
	Vehicle                                 VehicleID
}

// Shape is "work" or "delivery": which statuses and fields a job has.
func (j JobInput) Shape() string { return jobShape(j.Kind) }

func jobShape(kind string) string {
	if kind == JobWork {
		return JobWork
	}
	return JobDelivery
}

// Title is what a job is called in a list.
func (j Job) Title() string {
	for _, s := range []string{j.Subject, j.ContactName, j.SiteName, j.ExternalID} {
		if s != "" {
			return s
		}
	}
	return JobNumber(j.Number)
}

// Late reports whether the job is open after its Due by.
func (j Job) Late(now time.Time) bool {
	return !JobDone(j.Status) && !j.DueBy.IsZero() && now.After(j.DueBy)
}

// vehicleName is left out for whoever sees no vehicles.
const (
	vehicleName   = `coalesce((SELECT v.name FROM {vehicles} v WHERE v.id = j.vehicle_id), '')`
	vehicleDriven = `coalesce((SELECT v.driver_id FROM {vehicles} v WHERE v.id = j.vehicle_id), 0)`
)

// DoneBy reports whether a job is somebody's to do: given to that person, or
// to the vehicle that the person drives at this moment.
func (j Job) DoneBy(who UserID) bool { return who != 0 && (j.Assignee == who || j.Driver == who) }

func (s scope) jobList() string { return s.jobCols(jobListColumns, noVehicleList) }
func (s scope) jobFull() string { return s.jobCols(jobColumns, noVehicleFull) }

func (s scope) jobCols(all, without string) string {
	if s.May(VehicleRead) {
		return all
	}
	return without
}

var (
	noVehicleList = strings.Replace(jobListColumns, vehicleName, `''`, 1)
	noVehicleFull = strings.NewReplacer(vehicleName, `''`, vehicleDriven, `0`).Replace(jobColumns)
)

const jobListColumns = `j.id, j.number, j.kind, coalesce(j.external_id, ''), j.subject, j.address, j.contact_name, j.day, j.window_from, j.window_to, j.status, j.assigned,
	coalesce(j.customer_id, 0), coalesce(j.group_id, 0), coalesce(j.site_id, 0), coalesce(j.priority_id, 0), coalesce(j.assignee_id, 0), coalesce(j.vehicle_id, 0), coalesce(j.sub_id, 0),
	j.due_by, j.done_at, j.attempt, j.source,
	coalesce((SELECT c.name FROM {customers} c WHERE c.id = j.customer_id), ''), coalesce((SELECT g.name FROM {groups} g WHERE g.id = j.group_id), ''),
	coalesce((SELECT o.name FROM {sites} o WHERE o.id = j.site_id), ''), coalesce((SELECT y.name FROM {job_priorities} y WHERE y.id = j.priority_id), ''),
	coalesce((SELECT y.tone FROM {job_priorities} y WHERE y.id = j.priority_id), ''),
	coalesce((SELECT u.name FROM {users} u WHERE u.id = j.assignee_id), ''), coalesce((SELECT x.name FROM {job_statuses} x WHERE x.id = j.sub_id), ''), ` + vehicleName

func (j *Job) listRow(r *row) {
	j.ID, j.Number, j.Kind, j.ExternalID, j.Subject, j.Address, j.ContactName = JobID(r.int()), r.int(), r.str(), r.str(), r.str(), r.str(), r.str()
	j.Day, j.From, j.To, j.Status, j.Assigned = r.str(), r.str(), r.str(), r.str(), r.bool()
	j.Customer, j.Group, j.Site, j.Priority, j.Assignee, j.Vehicle, j.Sub = CustomerID(r.int()), GroupID(r.int()), SiteID(r.int()), PriorityID(r.int()), UserID(r.int()), VehicleID(r.int()), JobStatusID(r.int())
	j.DueBy, j.DoneAt, j.Attempt, j.Source = r.unix(), r.unix(), r.int(), r.str()
	j.CustomerName, j.GroupName, j.SiteName, j.PriorityName, j.PriorityTone, j.AssigneeName, j.SubName, j.VehicleName = r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str(), r.str()
}

const jobColumns = jobListColumns + `, j.by_group, coalesce(j.attempt_of, 0), j.description, j.instructions, j.lat, j.lon, j.contact_phone, j.contact_email, j.zone,
	j.starts_at, j.ends_at, j.start_by, j.reason, coalesce(j.reporter_id, 0), j.reporter, j.received_at, j.started_at, j.arrived_at, j.version, j.created_at, j.updated_at, ` + vehicleDriven

func (j *Job) row(r *row) {
	j.listRow(r)
	j.ByGroup, j.AttemptOf, j.Description, j.Instructions, j.Lat, j.Lon = r.bool(), JobID(r.int()), r.str(), r.str(), r.num(), r.num()
	j.ContactPhone, j.ContactEmail, j.Zone = r.str(), r.str(), r.str()
	j.StartsAt, j.EndsAt, j.StartBy, j.Reason = r.unix(), r.unix(), r.unix(), r.str()
	j.Reporter, j.ReporterName = UserID(r.int()), r.str()
	j.ReceivedAt, j.StartedAt, j.ArrivedAt, j.Version, j.CreatedAt, j.UpdatedAt = r.unix(), r.unix(), r.unix(), r.int(), r.unix(), r.unix()
	j.Driver = UserID(r.int())
}

// Job reads one job. A job of another shape than the portal shares does not
// exist for a client.
func (s scope) Job(ctx context.Context, id JobID) (Job, error) {
	return one(ctx, s, "job", (*Job).row, `SELECT `+s.jobFull()+` FROM {jobs} j WHERE j.id = :id`, p(":id", id))
}

// JobByNumber finds a job by the number people see.
func (s scope) JobByNumber(ctx context.Context, number int64) (Job, error) {
	return one(ctx, s, "job", (*Job).row, `SELECT `+s.jobFull()+` FROM {jobs} j WHERE j.number = :number`, p(":number", number))
}

// jobThere is NotFound unless the job is the scope's.
func (s scope) jobThere(ctx context.Context, id JobID) error {
	_, err := one(ctx, s, "job", intoInt, `SELECT 1 FROM {jobs} j WHERE j.id = :id`, p(":id", id))
	return err
}

// JobAsset is an asset that a job is about.
type JobAsset struct {
	ID   AssetID
	Name string
}

// JobAssets lists the assets a job is about; a client gets those it has now,
// and none where assets are not shared.
func (s scope) JobAssets(ctx context.Context, id JobID) ([]JobAsset, error) {
	if err := s.jobThere(ctx, id); err != nil || !s.May(AssetRead) {
		return nil, err
	}
	return list(ctx, s, func(a *JobAsset, r *row) { a.ID, a.Name = AssetID(r.int()), r.str() },
		`SELECT a.id, a.name FROM {job_assets} m JOIN {assets} a ON a.id = m.asset_id WHERE m.job_id = :id ORDER BY a.name LIMIT 200`, p(":id", id))
}

// JobsOfAsset lists the newest jobs about an asset.
func (s scope) JobsOfAsset(ctx context.Context, id AssetID, most int) ([]Job, error) {
	if err := s.there(ctx, id); err != nil || !s.May(JobRead) {
		return nil, err
	}
	return list(ctx, s, (*Job).listRow, `SELECT `+s.jobList()+` FROM {job_assets} m CROSS JOIN {jobs} j ON j.id = m.job_id WHERE m.asset_id = :id ORDER BY m.job_id DESC`+upTo(most), p(":id", id))
}

// Attempts lists the jobs of the same row of attempts, oldest first.
func (s scope) Attempts(ctx context.Context, id JobID) ([]Job, error) {
	j, err := s.Job(ctx, id)
	if err != nil {
		return nil, err
	}
	first := j.ID
	if j.AttemptOf != 0 {
		first = j.AttemptOf
	}
	return list(ctx, s, (*Job).listRow, `SELECT `+s.jobList()+` FROM {jobs} j WHERE j.id = :first UNION ALL SELECT `+s.jobList()+` FROM {jobs} j WHERE j.attempt_of = :first`, p(":first", first))
}

// DayNow is the scope's calendar day at this moment: that of the person's time
// zone, or the provider's.
func (s scope) DayNow() string { return s.Now().In(place(s.tz)).Format(time.DateOnly) }

func place(zone string) *time.Location {
	if l, err := time.LoadLocation(zone); err == nil && zone != "Local" {
		return l
	}
	return time.UTC
}

// window turns a day and its clock times into moments. An hour that the clock
// skips is refused; one that it shows twice lasts from its first beginning to
// its last end.
func (j *JobInput) window(bad *fault.Problems) (starts, ends time.Time) {
	if j.Day == "" {
		if j.From != "" || j.To != "" {
			bad.Add("day", "Give the date as well, or leave the times empty.")
		}
		return
	}
	day, err := time.Parse(time.DateOnly, j.Day)
	if err != nil || day.Year() < 2000 || day.Year() > 2100 {
		bad.Add("day", "Give a date between the years 2000 and 2100.")
		return
	}
	starts = j.moment(bad, "from", j.From, day, -time.Hour)
	ends = j.moment(bad, "to", j.To, day, time.Hour)
	if !starts.IsZero() && !ends.IsZero() && !ends.After(starts) {
		bad.Add("to", "The time window ends before it begins. A job that lasts past midnight has two days: make it two jobs, or end it at 23:59.")
	}
	return starts, ends
}

func (j *JobInput) moment(bad *fault.Problems, field, clock string, day time.Time, other time.Duration) time.Time {
	if clock == "" {
		return time.Time{}
	}
	c, err := time.Parse("15:04", clock)
	if err != nil {
		bad.Add(field, "Give a time such as 08:30.")
		return time.Time{}
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), c.Hour(), c.Minute(), 0, 0, place(j.Zone))
	if at.Hour() != c.Hour() || at.Minute() != c.Minute() {
		bad.Add(field, "The clocks are put forward on this day: %s does not exist. Choose another time.", clock)
		return time.Time{}
	}
	if twice := at.Add(other); twice.Format("15:04") == clock {
		at = twice
	}
	return at.UTC()
}

// clean trims what was typed and notes all that is wrong with it.
func (j *JobInput) clean(bad *fault.Problems) (starts, ends time.Time) {
	for _, f := range []struct {
		name string
		v    *string
		most int
	}{{"external_id", &j.ExternalID, 100}, {"subject", &j.Subject, 200}, {"contact_name", &j.ContactName, 200}, {"contact_phone", &j.ContactPhone, 60}, {"contact_email", &j.ContactEmail, 254}} {
		*f.v = strings.TrimSpace(*f.v)
		checkText(bad, f.name, *f.v, f.most)
	}
	j.Address = cleanLines(bad, "address", j.Address, 600)
	j.Description = cleanLines(bad, "description", j.Description, 8000)
	j.Instructions = cleanLines(bad, "instructions", j.Instructions, 4000)
	if !contains(JobKinds, j.Kind) {
		bad.Add("kind", "Choose what it is: a work order, a delivery or a collection.")
	}
	if j.Kind == JobWork && j.Subject == "" {
		bad.Add("subject", "Say in a few words what there is to do.")
	}
	if j.Kind != JobWork && j.Address == "" && j.Site == 0 {
		bad.Add("address", "Give the address, or choose a site.")
	}
	if j.Kind != JobWork && j.Day == "" {
		bad.Add("day", "Give the date.")
	}
	if j.ContactEmail != "" {
		if err := CheckEmail(j.ContactEmail); err != nil {
			bad.Add("contact_email", "%s", fault.Says(err))
		}
	}
	if j.Lat.OK != j.Lon.OK || j.Lat.OK && (j.Lat.V < -90 || j.Lat.V > 90 || j.Lon.V < -180 || j.Lon.V > 180) {
		bad.Add("position", "Give a latitude between -90 and 90 and a longitude between -180 and 180, or neither.")
	}
	if !j.StartBy.IsZero() && !j.DueBy.IsZero() && j.DueBy.Before(j.StartBy) {
		bad.Add("due_by", "It would be due before it has to start.")
	}
	if _, err := time.LoadLocation(j.Zone); err != nil || j.Zone == "Local" {
		bad.Add("zone", "Choose a time zone from the list, such as Europe/Berlin.")
		j.Zone = "UTC"
	}
	return j.window(bad)
}
