package store

import (
	"context"
	"fmt"
	"strings"

	"zombiezen.com/go/sqlite"

	"gatehouse/store/fault"
)

// taken says, for each unique constraint a person can run into, which field
// is at fault and what to tell. The key is what SQLite names in its message.
var taken = map[string][2]string{
	"users.provider_id, users.email_key":                                  {"email", "This e-mail address is already in use here."},
	"users.provider_id, users.username":                                   {"username", "This user name is already taken."},
	"customers.provider_id, customers.external_id":                        {"external_id", "Another customer already has this customer number."},
	"portal_templates.provider_id, portal_templates.name":                 {"template", "There is already a template of this name."},
	"customer_types.provider_id, customer_types.name":                     {"name", "There is already a type of this name."},
	"groups.provider_id, groups.key":                                      {"name", "There is already a group of this name."},
	"assets.provider_id, assets.external_id":                              {"external_id", "Another asset already has this ID."},
	"asset_fields.provider_id, asset_fields.label":                        {"label", "There is already a field of this name."},
	"feeds.provider_id, feeds.name":                                       {"name", "There is already a feed of this name."},
	"vehicles.provider_id, vehicles.name":                                 {"name", "There is already a vehicle of this name."},
	"vehicles.provider_id, vehicles.plate":                                {"plate", "Another vehicle already has this plate."},
	"themes.provider_id, themes.name":                                     {"name", "There is already a theme of this name."},
	"portals.slug":                                                        {"slug", "This address is already taken by another portal."},
	"portals.provider_id, portals.customer_id":                            {"customer", "This customer already has a portal. Each customer has exactly one."},
	"memberships.provider_id, memberships.portal_id, memberships.user_id": {"email", "This person is already a member of this portal."},
	"sites.provider_id, sites.external_id":                                {"external_id", "Another site already has this ID."},
	"jobs.provider_id, jobs.external_id":                                  {"external_id", "Another job of this kind already has this number."},
	"job_priorities.provider_id, job_priorities.name":                     {"name", "There is already a priority of this name."},
	"job_statuses.provider_id, job_statuses.shape":                        {"name", "There is already a status of this name here."},
	"job_fields.provider_id, job_fields.label":                            {"label", "There is already a field of this name."},
	"saved_filters.provider_id, saved_filters.user_id":                    {"name", "You already have a filter of this name."},
	"providers.slug":                                                      {"slug", "This address is already taken by another provider."},
	"operators.email":                                                     {"email", "There is already an operator with this address."},
}

// explain turns what SQLite reports into a fault where a person caused it.
func explain(ctx context.Context, err error) error {
	switch code := sqlite.ErrCode(err); code {
	case sqlite.ResultInterrupt:
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	case sqlite.ResultConstraintUnique, sqlite.ResultConstraintPrimaryKey:
		return explainUnique(err)
	case sqlite.ResultConstraintForeignKey:
		return &fault.Fault{Kind: fault.Invalid, Says: "Something this refers to is not there any more. Reload the page and choose again.", Cause: err}
	case sqlite.ResultConstraintTrigger:
		return &fault.Fault{Kind: fault.Conflict, Says: "This contradicts something that is already there.", Cause: err}
	case sqlite.ResultFull:
		return fmt.Errorf("the disk is full; nothing was saved: %w", err)
	}
	return err
}

func explainUnique(err error) error {
	_, at, _ := strings.Cut(err.Error(), "UNIQUE constraint failed: ")
	for key, t := range taken {
		if strings.HasPrefix(at, key) {
			return &fault.Fault{Kind: fault.Conflict, Says: t[1], Fields: map[string]string{t[0]: t[1]}, Cause: err}
		}
	}
	return &fault.Fault{Kind: fault.Conflict, Says: "This already exists.", Cause: err}
}
