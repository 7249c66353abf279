package desk

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store"
	"gatehouse/store/fault"
)

// Enabling is the quick way to a portal: which areas, and the address to
// activate it with if the customer's own is missing or wrong.
type Enabling struct {
	Areas []store.Feature
	Email string // "": the customer's
}

// EnablePortal opens a customer's portal the quick way (rows 169–177): it
// takes a valid address, shares the areas, and puts the activation letter into
// the outbox, all or nothing. The portal is pending until somebody activates.
// A suspended portal with members is simply open again; then the link is empty.
func (d *Desk) EnablePortal(ctx context.Context, s store.Staff, of store.CustomerID, in Enabling) (link Link, err error) {
	err = s.Update(ctx, func(s store.Staff) error {
		c, err := enablingAddress(ctx, s, of, in.Email)
		if err != nil {
			return err
		}
		o, err := d.portalToEnable(ctx, s, c)
		if err != nil {
			return err
		}
		chosen, err := enablingFeatures(ctx, s, o, in.Areas)
		if err != nil {
			return err
		}
		if err := s.SetFeatures(ctx, o.ID, chosen); err != nil {
			return err
		}
		if link.Portal = o; o.State == store.PortalActive {
			return nil
		}
		link, err = d.inviteActivation(ctx, s, o, c)
		return err
	})
	return link, err
}

// enablingAddress reads the customer and sees to it that it has an address
// that a letter can go to.
func enablingAddress(ctx context.Context, s store.Staff, of store.CustomerID, email string) (store.Customer, error) {
	c, err := s.Customer(ctx, of)
	if err != nil {
		return c, err
	}
	email = strings.TrimSpace(email)
	if email == "" {
		email = c.Email
	}
	if email == "" {
		return c, fault.Field("email", "This customer has no e-mail address yet. The activation goes there, and it becomes the user name.")
	}
	if err := store.CheckEmail(email); err != nil || email == c.Email {
		return c, err
	}
	c.Email = email
	return c, s.ChangeCustomer(ctx, c.ID, c.Version, store.CustomerEdit{CustomerInput: c.CustomerInput, ExternalID: c.ExternalID, Type: c.Type})
}

// portalToEnable finds or makes the portal that is about to be enabled.
func (d *Desk) portalToEnable(ctx context.Context, s store.Staff, c store.Customer) (store.Portal, error) {
	o, err := s.PortalOf(ctx, c.ID)
	switch {
	case fault.Of(err) == fault.NotFound:
		id, err := s.AddPortal(ctx, c.ID, store.PortalEdit{})
		if err != nil {
			return o, err
		}
		return s.Portal(ctx, id)
	case err != nil:
		return o, err
	case o.State == store.PortalSuspended:
		if err := s.ResumePortal(ctx, o.ID); err != nil {
			return o, err
		}
		return s.Portal(ctx, o.ID)
	case o.State != store.PortalDraft:
		return o, fault.New(fault.Conflict, "This customer's portal is open already. Change what it shares under Customer Portal.")
	}
	return o, nil
}

// enablingFeatures is what sharing areas means for a portal: what it already
// shares of an area stays as it was chosen, a new area starts minimal.
func enablingFeatures(ctx context.Context, s store.Staff, o store.Portal, areas []store.Feature) ([]store.Feature, error) {
	if len(areas) == 0 {
		return nil, fault.Field("areas", "Choose at least one area for the customer to view.")
	}
	plan, err := s.Plan(ctx)
	if err != nil {
		return nil, err
	}
	chosen, minimal := slices.Clone(areas), store.AreaFeatures(areas)
	for _, i := range store.Features {
		known := o.SetupDone && o.Ticked[i.App]
		if plan[i.Feature] && slices.Contains(areas, i.App) && (known && o.Ticked[i.Feature] || !known && slices.Contains(minimal, i.Feature)) {
			chosen = append(chosen, i.Feature)
		}
	}
	return chosen, nil
}

// SetUp is the step Portal Setup as its form brings it.
type SetUp struct {
	store.PortalEdit
	Features []store.Feature
	Version  int64
}

// SetUpPortal saves the step Portal Setup: name, address and what is shared,
// together or not at all. Everything wrong with it is said at once.
func (d *Desk) SetUpPortal(ctx context.Context, s store.Staff, id store.PortalID, in SetUp) error {
	return s.Update(ctx, func(s store.Staff) error {
		bad := fault.Problems{}
		for _, err := range []error{s.ChangePortal(ctx, id, in.Version, in.PortalEdit), s.SetFeatures(ctx, id, in.Features)} {
			if err != nil && len(fault.Fields(err)) == 0 {
				return err
			}
			for field, says := range fault.Fields(err) {
				bad.Add(field, "%s", says)
			}
		}
		return bad.Err()
	})
}

// ResendActivation sends the customer a new link into its pending portal; the
// earlier one is void. After the address was corrected it goes to the new one.
func (d *Desk) ResendActivation(ctx context.Context, s store.Staff, of store.CustomerID) (link Link, err error) {
	c, err := s.Customer(ctx, of)
	if err == nil {
		err = d.allowMail(ctx, s, c.Email)
	}
	if err != nil {
		return link, err
	}
	err = s.Update(ctx, func(s store.Staff) error {
		o, err := s.PortalOf(ctx, of)
		if err != nil {
			return err
		}
		if o.State != store.PortalPending {
			return fault.New(fault.Conflict, "Only a portal that is pending has an activation to resend.")
		}
		last, err := s.LastInvitation(ctx, o.ID)
		if err != nil && fault.Of(err) != fault.NotFound {
			return err
		}
		if err == nil && last.Kind != "activation" {
			link, err = d.resend(ctx, s, last, last.Email != "")
			return err
		}
		c, err := enablingAddress(ctx, s, of, "")
		if err != nil {
			return err
		}
		if last.ID != 0 && last.Email == c.Email {
			link, err = d.resend(ctx, s, last, true)
			return err
		}
		if last.ID != 0 {
			if err := s.Revoke(ctx, last.ID); err != nil {
				return err
			}
		}
		link, err = d.inviteActivation(ctx, s, o, c)
		return err
	})
	return link, err
}
