package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"

	"gatehouse/store"
)

// TwinJobs are a twin's site, its work order with everything that can hang on
// one, its delivery, and its settings of jobs.
type TwinJobs struct {
	Site     store.SiteID
	Job      store.JobID
	Delivery store.JobID
	Item     store.JobItemID
	JobFile  store.JobFileID
	Priority store.PriorityID
	Sub      store.JobStatusID
	JobField store.JobFieldID
	Filter   store.FilterID
}

func (w *Twin) addJobs(ctx context.Context) (err error) {
	s := w.Staff
	if w.Site, err = s.AddSite(ctx, store.SiteEdit{Name: "Site of " + w.Slug, Customer: w.Customer, Group: w.Group, City: "City of " + w.Slug}); err != nil {
		return err
	}
	if w.Priority, err = s.SaveJobPriority(ctx, store.JobPriority{Name: "Priority of " + w.Slug, DueMin: 60}); err != nil {
		return err
	}
	if w.Sub, err = s.SaveJobSub(ctx, store.JobSub{Shape: store.JobWork, Under: store.JobOpen, Name: "Sub of " + w.Slug, Shared: true}); err != nil {
		return err
	}
	if w.JobField, err = s.SaveJobField(ctx, store.JobField{Label: "Job field of " + w.Slug, Kind: "text", Shared: true}); err != nil {
		return err
	}
	in := store.JobInput{Kind: store.JobWork, Group: w.Group, Site: w.Site, Subject: "Job of " + w.Slug, ExternalID: "X-1", Priority: w.Priority, Assignee: w.Tech}
	if w.Job, err = s.AddJob(ctx, store.NewJob{JobEdit: store.JobEdit{JobInput: in, Assets: []store.AssetID{w.Asset},
		Items: []store.JobItem{{SKU: "SKU " + w.Slug, Quantity: 2}}, Values: map[store.JobFieldID]string{w.JobField: "Value of " + w.Slug}}}); err != nil {
		return err
	}
	items, err := s.JobItems(ctx, w.Job)
	if err != nil {
		return err
	}
	w.Item = items[0].ID
	for _, c := range []store.NewComment{{Body: "Comment of " + w.Slug}, {Body: "Note of " + w.Slug, Private: true}} {
		if err = s.CommentJob(ctx, w.Job, c); err != nil {
			return err
		}
	}
	body := []byte("file of " + w.Slug)
	sum := sha256.Sum256(body)
	if w.JobFile, err = s.AddJobFile(ctx, w.Job, store.NewJobFile{Shared: true, NewFile: store.NewFile{Name: w.Slug + ".txt", Media: "text/plain", Size: int64(len(body)), Sum: sum[:], Body: bytes.NewReader(body)}}); err != nil {
		return err
	}
	if w.Delivery, err = s.AddJob(ctx, store.NewJob{JobEdit: store.JobEdit{JobInput: store.JobInput{Kind: store.JobDelivery, Customer: w.Customer, Address: "Street of " + w.Slug, Day: "2026-11-20"}}}); err != nil {
		return err
	}
	if err = s.SaveFilter(ctx, store.SavedFilter{Place: "jobs", Name: "Filter of " + w.Slug, Query: "q=" + w.Slug}); err != nil {
		return err
	}
	kept, err := s.SavedFilters(ctx, "jobs")
	if err == nil {
		w.Filter = kept[0].ID
	}
	return err
}
