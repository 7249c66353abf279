package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// DeleteCustomer takes a customer out of sight, if its name was typed exactly.
// Its portal is closed and its address free again, its people lose that
// portal, its assets and groups are given back; history keeps the name.
func (s Staff) DeleteCustomer(ctx context.Context, id CustomerID, typed string) error {
	return s.Update(ctx, func(s Staff) error {
		if err := s.Can(CustomerDelete); err != nil {
			return err
		}
		c, err := s.Customer(ctx, id)
		if err != nil {
			return err
		}
		if strings.TrimSpace(typed) != c.Name {
			return fault.Field("name", "Type the customer's name exactly as it stands here: %s", c.Name)
		}
		o, err := s.PortalOf(ctx, id)
		if err == nil {
			err = s.deletePortal(ctx, o)
		}
		if err != nil && fault.Of(err) != fault.NotFound {
			return err
		}
		if err := s.giveBack(ctx, id); err != nil {
			return err
		}
		return s.change(ctx, CustomerDelete, "customers", int64(id), set{"deleted_at", s.Now()}, set{"portal_state", PortalNone}, set{"asset_count", 0}, set{"updated_at", s.Now()})
	})
}

// deletePortal closes a portal for good. The row stays, under an address that
// nobody can type, because terms and letters refer to it.
func (s Staff) deletePortal(ctx context.Context, o Portal) error {
	if err := s.voidPortal(ctx, CustomerDelete, o.ID); err != nil {
		return err
	}
	for _, text := range []string{
		`UPDATE <memberships> SET state = 'disabled' WHERE portal_id = :of AND {mine:memberships}`,
		`UPDATE <portals> SET slug = '.deleted.' || id WHERE id = :of AND {mine:portals}`,
	} {
		if _, err := s.write(ctx, CustomerDelete, text, p(":of", o.ID)); err != nil {
			return err
		}
	}
	return s.move(ctx, CustomerDelete, o)
}

// giveBack ends what the customer has of the provider's: assets now and those
// reserved for it, its business units, and the names of its contacts.
func (s Staff) giveBack(ctx context.Context, id CustomerID) error {
	if err := s.ReleaseCustomer(ctx, id); err != nil {
		return err
	}
	for _, text := range []string{
		`UPDATE <jobs> SET group_id = NULL, by_group = 0, version = version + 1 WHERE group_id IN (SELECT g.id FROM {groups} g WHERE g.customer_id = :of) AND {mine:jobs}`,
		`UPDATE <sites> SET group_id = NULL WHERE group_id IN (SELECT g.id FROM {groups} g WHERE g.customer_id = :of) AND {mine:sites}`,
		`DELETE FROM <groups> WHERE customer_id = :of AND {mine:groups}`,
		`DELETE FROM <contacts> WHERE customer_id = :of AND {mine:contacts}`,
	} {
		if _, err := s.write(ctx, CustomerDelete, text, p(":of", id)); err != nil {
			return err
		}
	}
	return nil
}
