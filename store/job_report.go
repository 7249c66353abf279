package store

import (
	"context"

	"gatehouse/store/fault"
)

// ProblemReport is what somebody at a customer reports: about an asset, a
// site, or neither.
type ProblemReport struct {
	Asset                                   AssetID
	Site                                    SiteID
	Subject, Description                    string
	Priority                                PriorityID
	ContactName, ContactPhone, ContactEmail string // on site
	Once                                    string // key of the form: sent twice, it makes one
}

// ReportProblem makes a job of a problem at once and returns it, with its
// number. Sent twice under one key it returns the job of the first time.
func (c Client) ReportProblem(ctx context.Context, in ProblemReport) (j Job, again bool, err error) {
	if err := c.needs(FeatureReport); err != nil {
		return Job{}, false, err
	}
	err = c.Update(ctx, func(c Client) error {
		if was, err := c.reported(ctx, in.Once); err != nil || was != 0 {
			j.ID, again = was, true
			return err
		}
		j.ID, err = c.report(ctx, in)
		return err
	})
	if err == nil {
		j, err = c.Job(ctx, j.ID)
	}
	return j, again, err
}

func (c Client) reported(ctx context.Context, once string) (JobID, error) {
	if once == "" || len(once) > 64 {
		return 0, fault.New(fault.Invalid, "The form did not arrive whole. Open it again.")
	}
	var id JobID
	err := c.db.query(ctx, c.conn, `SELECT id FROM jobs WHERE provider_id = :provider AND reporter_id = :user AND once = :once`,
		c.binder([]int{0, 3}, []arg{p(":once", once)}), func(r *row) error { id = JobID(r.int()); return nil })
	return id, err
}

func (c Client) report(ctx context.Context, in ProblemReport) (JobID, error) {
	var bad fault.Problems
	e := JobInput{Kind: JobWork, Subject: in.Subject, Description: in.Description, Priority: in.Priority, ContactName: in.ContactName, ContactPhone: in.ContactPhone, ContactEmail: in.ContactEmail, Zone: c.tz}
	group, err := c.reportPlace(ctx, &bad, in, &e)
	if err != nil {
		return 0, err
	}
	e.clean(&bad)
	y, err := c.reportPriority(ctx, &bad, &e)
	if err != nil {
		return 0, err
	}
	if err := bad.Err(); err != nil {
		return 0, err
	}
	y.apply(&e, c.Now())
	status, err := c.reportStatus(ctx)
	if err != nil {
		return 0, err
	}
	number, err := c.nextNumber(ctx, "job")
	if err != nil {
		return 0, err
	}
	n, err := c.insert(ctx, JobReport, "jobs", set{"number", number}, set{"kind", JobWork}, set{"status", status}, set{"source", "portal"}, set{"group_id", orNull(group)}, set{"site_id", orNull(e.Site)},
		set{"subject", e.Subject}, set{"description", e.Description}, set{"address", e.Address}, set{"lat", e.Lat}, set{"lon", e.Lon},
		set{"contact_name", e.ContactName}, set{"contact_phone", e.ContactPhone}, set{"contact_email", e.ContactEmail}, set{"zone", e.Zone},
		set{"priority_id", orNull(e.Priority)}, set{"start_by", e.StartBy}, set{"due_by", e.DueBy}, set{"reporter_id", c.me.ID}, set{"reporter", c.me.Name}, set{"once", in.Once},
		set{"received_at", c.Now()}, set{"created_at", c.Now()}, set{"updated_at", c.Now()})
	if err != nil {
		return 0, err
	}
	id := JobID(n)
	if in.Asset != 0 {
		if _, err := c.write(ctx, JobReport, `INSERT INTO <job_assets> (provider_id, job_id, asset_id) VALUES (:provider, :job, :asset)`, p(":job", id), p(":asset", in.Asset)); err != nil {
			return 0, err
		}
	}
	if err := c.putJobWords(ctx, id, JobNumber(number), JobEdit{JobInput: e}); err != nil {
		return 0, err
	}
	return id, c.tellJob(ctx, JobReport, id, JobEvent{Kind: "created", Public: true, Status: status})
}

// reportPlace checks the asset and the site, which must be the client's, and
// returns the group the job belongs to: the site's, the asset's, or the only
// one the person has.
func (c Client) reportPlace(ctx context.Context, bad *fault.Problems, in ProblemReport, e *JobInput) (group GroupID, err error) {
	if in.Site != 0 {
		o, err := c.Site(ctx, in.Site)
		if err != nil {
			bad.Add("site", "Choose one of your sites.")
			return 0, nil
		}
		e.Site, e.Address, e.Lat, e.Lon, group = o.ID, o.Address(), o.Lat, o.Lon, o.Group
	}
	if in.Asset != 0 {
		if !c.May(AssetRead) || c.there(ctx, in.Asset) != nil {
			bad.Add("asset", "Choose one of your assets.")
			return 0, nil
		}
		if group == 0 {
			n, err := c.number(ctx, `SELECT m.group_id FROM {asset_groups} m JOIN {groups} g ON g.id = m.group_id WHERE m.asset_id = :id ORDER BY m.group_id LIMIT 1`, p(":id", in.Asset))
			if err != nil {
				return 0, err
			}
			group = GroupID(n)
		}
	}
	if group == 0 && c.byGroups() {
		n, err := c.number(ctx, `SELECT g.id FROM {groups} g ORDER BY g.id LIMIT 1`)
		if err != nil {
			return 0, err
		}
		group = GroupID(n)
	}
	return group, nil
}

func (c Client) reportPriority(ctx context.Context, bad *fault.Problems, e *JobInput) (JobPriority, error) {
	all, err := c.JobPriorities(ctx)
	for _, y := range all {
		if y.ID == e.Priority || e.Priority == 0 && y.Default {
			e.Priority = y.ID
			return y, err
		}
	}
	if e.Priority != 0 {
		bad.Add("priority", "Choose one of the priorities.")
	}
	return JobPriority{}, err
}

// reportStatus is the provider's setting, which is not one that clients read.
func (c Client) reportStatus(ctx context.Context) (string, error) {
	status := JobOpen
	err := c.db.query(ctx, c.conn, `SELECT value FROM provider_settings WHERE provider_id = :provider AND name = :name`,
		c.binder([]int{0}, []arg{p(":name", OwnReportStatus)}), func(r *row) error {
			if r.str() == JobDraft {
				status = JobDraft
			}
			return nil
		})
	return status, err
}
