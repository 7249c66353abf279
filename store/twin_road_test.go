package store_test

import (
	"maps"

	"gatehouse/store"
)

func init() {
	maps.Copy(staffCases, map[string]twinCase{
		"Proofs":      staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Proofs(c, o.Job) }),
		"AddProof":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.AddProof(c, o.Job, aProof("once")) }),
		"OpenJobFile": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.OpenJobFile(c, o.Job, o.JobFile, false) }),

		"RoadJobs": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			all, more, err := s.RoadJobs(c, store.JobFilter{Group: o.Group})
			return []any{all, more}, err
		}),

		"TrackingLinks": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.TrackingLinks(c, o.Job) }),
		"AddTrackingLink": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) {
			return s.AddTrackingLink(c, o.Job, []byte("x"), "x")
		}),
		"RevokeTrackingLink": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.RevokeTrackingLink(c, o.Link) }),
		"TrackPolicy":        staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.TrackPolicy(c) }),
		"SetTrackPolicy": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetTrackPolicy(c, store.TrackPolicy{Days: 3})
		}),

		"Notices":    staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return s.Notices(c, o.Portal.ID) }),
		"SetNotices": staffCase(true, func(c ctx, s store.Staff, o twin) (any, error) { return nil, s.SetNotices(c, o.Portal.ID, someNotices) }),
		"MyNotices":  staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.MyNotices(c) }),
		"SetMyNotices": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetMyNotices(c, someNotices)
		}),
		"ContactNotices": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) { return s.ContactNotices(c) }),
		"SetContactNotices": staffCase(false, func(c ctx, s store.Staff, o twin) (any, error) {
			return nil, s.SetContactNotices(c, []string{store.NoticeFailed})
		}),
	})
	maps.Copy(clientCases, map[string]twinCase{
		"Proofs":      clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.Proofs(c, o.Job) }),
		"OpenJobFile": clientCase(true, func(c ctx, s store.Client, o twin) (any, error) { return s.OpenJobFile(c, o.Job, o.JobFile, false) }),
		"Activity": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			all, err := s.Activity(c, store.EventFilter{})
			return all, err
		}),
		"MyNotices": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) { return s.MyNotices(c) }),
		"SetMyNotices": clientCase(false, func(c ctx, s store.Client, o twin) (any, error) {
			return nil, s.SetMyNotices(c, someNotices)
		}),
	})
}

var someNotices = store.Notices{store.NoticeFailed: store.NoticeOff}
