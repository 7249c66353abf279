package store_test

import (
	"bytes"
	"maps"

	"gatehouse/store"
)

var (
	aJob = store.JobInput{Kind: store.JobWork, Subject: "Mine"}
	once = store.ProblemReport{Subject: "Leak", Once: "once"}
)

func init() {
	maps.Copy(staffCases, map[string]twinCase{
		"Site":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Site(c, o.Site) }),
		"Sites": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.Sites(c, store.SiteFilter{}) }),
		"AddSite": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.AddSite(c, store.SiteEdit{Name: "S", Customer: o.Customer})
		}),
		"ChangeSite": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.ChangeSite(c, o.Site, 0, store.SiteEdit{Name: "S"})
		}),
		"RemoveSite": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveSite(c, o.Site) }),

		"Job":         staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Job(c, o.Job) }),
		"JobByNumber": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobByNumber(c, 1) }),
		"Jobs": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			all, err := s.Jobs(c, store.JobFilter{Full: true})
			if err != nil {
				return all, err
			}
			found, err := s.Jobs(c, store.JobFilter{Search: o.Slug, Customer: o.Customer, Group: o.Group, Site: o.Site, Asset: o.Asset, Assignee: o.Tech, Priority: o.Priority})
			return []any{all, found}, err
		}),
		"JobIDs": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			ids, err := s.JobIDs(c, store.JobFilter{Search: "Job"}, 100)
			return sameSlug(o, ids, o.Job), err
		}),
		"JobCounts": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			n, err := s.JobCounts(c, store.JobCountFilter{Customer: o.Customer})
			return sameSlug(o, []bool{len(n) > 0}, true), err
		}),
		"JobPlaces": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.JobPlaces(c, store.JobFilter{Customer: o.Customer}, nil, 3)
		}),
		"JobAssets":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobAssets(c, o.Job) }),
		"JobsOfAsset": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobsOfAsset(c, o.Asset, 9) }),
		"Attempts":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Attempts(c, o.Job) }),
		"JobItems":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobItems(c, o.Job) }),
		"JobTimeline": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobTimeline(c, o.Job) }),
		"JobComments": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobComments(c, o.Job) }),
		"JobFiles":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobFiles(c, o.Job) }),
		"JobValues":   staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobValues(c, o.Job) }),
		"JobFields":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobFields(c) }),

		"AddJob": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			var last error
			for _, point := range []func(*store.JobEdit){
				func(e *store.JobEdit) { e.Customer = o.Customer }, func(e *store.JobEdit) { e.Group = o.Group }, func(e *store.JobEdit) { e.Site = o.Site },
				func(e *store.JobEdit) { e.Priority = o.Priority }, func(e *store.JobEdit) { e.Assignee = o.Tech }, func(e *store.JobEdit) { e.Assets = []store.AssetID{o.Asset} },
				func(e *store.JobEdit) { e.Vehicle = o.Vehicle }, func(e *store.JobEdit) { e.Items = []store.JobItem{{ID: o.Item, SKU: "x"}} },
				func(e *store.JobEdit) { e.Values = map[store.JobFieldID]string{o.JobField: "x"} },
			} {
				e := store.JobEdit{JobInput: aJob}
				point(&e)
				if _, last = s.AddJob(c, store.NewJob{JobEdit: e}); last == nil {
					return nil, nil
				}
			}
			return nil, last
		}),
		"ChangeJob": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.ChangeJob(c, o.Job, 0, store.JobEdit{JobInput: aJob})
		}),
		"DeleteJob": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.DeleteJob(c, o.Job) }),
		"UnaddJob":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.UnaddJob(c, o.Job, 1) }),
		"SetJobStatus": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetJobStatus(c, o.Job, 0, store.JobStep{To: store.JobInProgress})
		}),
		"SetJobsStatus": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.SetJobsStatus(c, []store.JobID{o.Job}, store.JobStep{To: store.JobInProgress})
		}),
		"Mark": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.Mark(c, o.Job, "started") }),
		"Reject": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.Reject(c, o.Job, []store.Rejection{{Item: o.Item, Number: 1, Reason: "x"}})
		}),
		"AssignJobs": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			me := s.Me().ID
			return s.AssignJobs(c, []store.JobID{o.Job}, store.JobAssignment{Assignee: &me})
		}),
		"GroupJobs": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.GroupJobs(c, []store.JobID{o.Job}, 0) }),
		"Reattempt": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Reattempt(c, o.Job, "") }),
		"CommentJob": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.CommentJob(c, o.Job, store.NewComment{Body: "x"})
		}),
		"NextStatuses": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.NextStatuses(store.Job{}), nil }),
		"AddJobFile": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.AddJobFile(c, o.Job, store.NewJobFile{NewFile: store.NewFile{Name: "x", Size: 1, Sum: []byte("x"), Body: bytes.NewReader([]byte("x"))}})
		}),
		"ShareJobFile":  staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.ShareJobFile(c, o.JobFile, false) }),
		"RemoveJobFile": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveJobFile(c, o.JobFile) }),

		"JobGroups":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobGroups(c) }),
		"JobGroupUse": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobGroupUse(c) }),
		"SetJobSettings": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetJobSettings(c, false, store.JobDraft)
		}),
		"JobPriorities": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobPriorities(c) }),
		"SaveJobPriority": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.SaveJobPriority(c, store.JobPriority{ID: o.Priority, Name: "P"})
		}),
		"RemoveJobPriority": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveJobPriority(c, o.Priority) }),
		"JobSubs":           staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.JobSubs(c) }),
		"SaveJobSub": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.SaveJobSub(c, store.JobSub{ID: o.Sub, Name: "S"})
		}),
		"RemoveJobSub": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveJobSub(c, o.Sub) }),
		"SaveJobField": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.SaveJobField(c, store.JobField{ID: o.JobField, Label: "F"})
		}),
		"RemoveJobField": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveJobField(c, o.JobField) }),
		"SavedFilters":   staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.SavedFilters(c, "jobs") }),
		"SaveFilter": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SaveFilter(c, store.SavedFilter{Place: "jobs", Name: "Filter of " + o.Slug, Query: "q=x"})
		}),
		"RemoveFilter": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RemoveFilter(c, o.Filter) }),
		"DayNow":       staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.DayNow(), nil }),
	})

	maps.Copy(clientCases, map[string]twinCase{
		"Site":        clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Site(c, o.Site) }),
		"Sites":       clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.Sites(c, store.SiteFilter{}) }),
		"Job":         clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Job(c, o.Job) }),
		"JobByNumber": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.JobByNumber(c, 1) }),
		"Jobs": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			all, err := s.Jobs(c, store.JobFilter{Full: true})
			if err != nil {
				return all, err
			}
			found, err := s.Jobs(c, store.JobFilter{Search: o.Slug, Customer: o.Customer, Group: o.Group, Site: o.Site, Asset: o.Asset, Assignee: o.Tech})
			return []any{all, found}, err
		}),
		"JobIDs": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			ids, err := s.JobIDs(c, store.JobFilter{}, 100)
			return sameSlug(o, ids, o.Job), err
		}),
		"JobCounts": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			n, err := s.JobCounts(c, store.JobCountFilter{Group: o.Group})
			return sameSlug(o, []bool{len(n) > 0}, true), err
		}),
		"JobPlaces":     clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.JobPlaces(c, store.JobFilter{}, nil, 3) }),
		"JobAssets":     clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobAssets(c, o.Job) }),
		"JobsOfAsset":   clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobsOfAsset(c, o.Asset, 9) }),
		"Attempts":      clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Attempts(c, o.Job) }),
		"JobItems":      clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobItems(c, o.Job) }),
		"JobTimeline":   clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobTimeline(c, o.Job) }),
		"JobComments":   clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobComments(c, o.Job) }),
		"JobFiles":      clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobFiles(c, o.Job) }),
		"JobValues":     clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.JobValues(c, o.Job) }),
		"JobFields":     clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.JobFields(c) }),
		"JobPriorities": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.JobPriorities(c) }),
		"JobSubs":       clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.JobSubs(c) }),
		"CommentJob": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
			return nil, s.CommentJob(c, o.Job, store.NewComment{Body: "x"})
		}),
		"ReportProblem": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) {
			in := once
			in.Site = o.Site
			if _, _, err := s.ReportProblem(c, in); err == nil {
				return nil, nil
			}
			in.Site, in.Asset = 0, o.Asset
			j, _, err := s.ReportProblem(c, in)
			return j, err
		}),
		"SavedFilters": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.SavedFilters(c, "jobs") }),
		"SaveFilter": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			return nil, s.SaveFilter(c, store.SavedFilter{Place: "jobs", Name: "F", Query: "q=x"})
		}),
		"RemoveFilter": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return nil, s.RemoveFilter(c, o.Filter) }),
		"DayNow":       clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.DayNow(), nil }),
	})
	for name := range clientCases {
		if name == "ReportProblem" || name == "CommentJob" || len(name) > 3 && (name[:3] == "Job" || name == "Attempts" || name[:4] == "Site") {
			wideCases[name] = true
		}
	}
}

// sameSlug gives away the other's name if its value is among those found.
func sameSlug[T comparable](o twin, found []T, theirs T) string {
	for _, v := range found {
		if v == theirs {
			return o.Slug
		}
	}
	return ""
}
