package store

import (
	"context"
	"slices"
	"strings"

	"gatehouse/store/fault"
)

// NewClient is a person about to get into a customer's portal.
type NewClient struct {
	Name, Email, Title, Phone string
	Password                  string // PHC form of a first password, to be changed at once; "" for an activation link
	Hash                      []byte // of the activation link's token, where there is no password
	Code                      []byte // of the six digits sent with it
	Customer                  CustomerID
	MembershipEdit
}

// MembershipEdit is what a person is in one customer's portal.
type MembershipEdit struct {
	Roles   []RoleID  // client roles; Portal admin among them makes it one, none leaves an empty portal
	Builtin string    // a built-in role beside them, by its word
	All     bool      // all groups of this customer, never more
	Groups  []GroupID // else these
	Sees    string    // records of whom: own, groups, customer
}

// The words for whose records a member sees.
const (
	SeesOwn      = "own"
	SeesGroups   = "groups"
	SeesCustomer = "customer"
)

// ClientAdded is what became of a NewClient.
type ClientAdded struct {
	User       UserID
	Membership MembershipID
	Portal     Portal
	Token      TokenID // of the activation link; 0 without one
	Existed    bool    // the person has a sign-in here already and keeps its password
	State      string  // of the account: pending, active
	Account    Account // whom a letter goes to
}

// Validate reports all that is wrong with a new client at once.
func (n *NewClient) Validate() error { return n.clean() }

func (n *NewClient) clean() error {
	var bad fault.Problems
	for _, f := range []struct {
		name string
		v    *string
		most int
	}{{"name", &n.Name, 200}, {"email", &n.Email, 254}, {"title", &n.Title, 100}, {"phone", &n.Phone, 50}} {
		*f.v = strings.TrimSpace(*f.v)
		checkText(&bad, f.name, *f.v, f.most)
	}
	if n.Name == "" {
		bad.Add("name", "Give the full name.")
	}
	if err := CheckEmail(n.Email); err != nil {
		bad.Add("email", "%s", fault.Says(err))
	}
	if n.Customer == 0 {
		bad.Add("customer", "Choose the customer this person belongs to. Without one there is nothing to see.")
	}
	n.MembershipEdit.check(&bad)
	return bad.Err()
}

func (e *MembershipEdit) check(bad *fault.Problems) {
	e.Sees = pick(e.Sees, SeesCustomer)
	if !slices.Contains([]string{SeesOwn, SeesGroups, SeesCustomer}, e.Sees) {
		bad.Add("sees", "Choose one of the answers.")
	}
	if len(e.Groups) == 0 {
		e.All = true // of their own customer: a client never sees more
	}
	if e.All {
		e.Groups = nil
	}
}

// AddClient makes a person a member of a customer's portal, directly: a new
// account with an activation link or a first password, or one more portal for
// somebody known. Without a portal a minimal one is made underneath. An
// address of staff is refused; of other providers nothing is said.
func (s Staff) AddClient(ctx context.Context, n NewClient) (out ClientAdded, err error) {
	if err := s.Can(UserJoin); err != nil {
		return out, err
	}
	if err := n.clean(); err != nil {
		return out, err
	}
	err = s.Update(ctx, func(s Staff) error {
		if out.Portal, err = s.OpenPortalFor(ctx, n.Customer); err != nil {
			return err
		}
		if err := s.findOrMake(ctx, n, &out); err != nil {
			return err
		}
		if out.Membership, err = s.enlist(ctx, out.Portal, out.User, n.Name, n.MembershipEdit); err != nil {
			return err
		}
		if out.State == "pending" && len(n.Hash) > 0 {
			out.Token, err = s.activation(ctx, out.Account, NewLink{Portal: out.Portal.ID, Hash: n.Hash, Code: n.Code})
		}
		return err
	})
	return out, err
}

// OpenPortalFor is the customer's portal, made and opened to members if need
// be, inside Update.
func (s Staff) OpenPortalFor(ctx context.Context, of CustomerID) (o Portal, err error) {
	c, err := s.Customer(ctx, of)
	if err != nil {
		return o, fault.Field("customer", "Choose one of your customers.")
	}
	o, err = s.PortalOf(ctx, of)
	if fault.Of(err) == fault.NotFound {
		id, err := s.AddPortal(ctx, of, PortalEdit{})
		if err != nil {
			return o, err
		}
		o, err = s.Portal(ctx, id)
		if err != nil {
			return o, err
		}
	} else if err != nil {
		return o, err
	}
	if o.State == PortalSuspended {
		return o, fault.Field("customer", "The portal of %s is suspended. Enable portal access again first.", c.Name)
	}
	if !o.SetupDone {
		if err := s.setUpMinimal(ctx, o); err != nil {
			return o, err
		}
	}
	if err := s.move(ctx, InvitationCreate, o); err != nil {
		return o, err
	}
	return s.Portal(ctx, o.ID)
}

// setUpMinimal saves what a draft would share, as far as the plan has it.
func (s Staff) setUpMinimal(ctx context.Context, o Portal) error {
	var chosen []Feature
	for _, i := range Features {
		if o.Shares[i.Feature] {
			chosen = append(chosen, i.Feature)
		}
	}
	if len(chosen) == 0 {
		return fault.Field("customer", "The portal of %s would share nothing: set it up first, under Customer Portal.", o.CustomerName)
	}
	return s.SetFeatures(ctx, o.ID, chosen)
}

// findOrMake finds the person by address, or makes it.
func (s scope) findOrMake(ctx context.Context, n NewClient, out *ClientAdded) error {
	y := s.system()
	a, err := y.Account(ctx, s.provider, n.Email)
	if err == nil && FoldEmail(a.Email) != FoldEmail(n.Email) {
		return fault.Field("email", "Somebody uses this address as a user name. Use another one.")
	}
	switch {
	case fault.Of(err) == fault.NotFound:
		return s.makeClient(ctx, y, n, out)
	case err != nil:
		return err
	case a.Kind != "client":
		return fault.Field("email", "This address belongs to somebody of your own team. Use the customer's address.")
	case a.State == "disabled":
		return fault.Field("email", "The account with this address is disabled. Enable it first.")
	}
	out.User, out.State, out.Existed, out.Account = a.ID, a.State, true, a
	return nil
}

func (s scope) makeClient(ctx context.Context, y System, n NewClient, out *ClientAdded) (err error) {
	if out.User, err = y.insertUser(ctx, s.provider, NewUser{Kind: "client", Name: n.Name, Email: n.Email, Password: n.Password}); err != nil {
		return err
	}
	if _, _, err := y.run(ctx, `UPDATE users SET title = :title, phone = :phone, must_change = :must WHERE id = :of`,
		p(":title", n.Title), p(":phone", Phone(n.Phone)), p(":must", n.Password != ""), p(":of", out.User)); err != nil {
		return err
	}
	if out.Account, err = y.Account(ctx, s.provider, n.Email); err != nil {
		return err
	}
	out.State = out.Account.State
	by := "activation"
	if n.Password != "" {
		by = "first password"
	}
	return s.log(ctx, Line{Verb: UserInvite, ID: int64(out.User), Customer: n.Customer, Label: n.Name, Note: map[string]any{"email": n.Email, "by": by}})
}

// enlist makes a person a member of a portal.
func (s scope) enlist(ctx context.Context, o Portal, who UserID, name string, e MembershipEdit) (id MembershipID, err error) {
	n, err := s.number(ctx, `SELECT count(*) FROM {memberships} m WHERE m.portal_id = :of AND m.user_id = :who`, p(":of", o.ID), p(":who", who))
	if err != nil {
		return 0, err
	}
	if n > 0 {
		says := "There is a sign-in with this address in the portal of " + o.CustomerName + " already."
		return 0, &fault.Fault{Kind: fault.Conflict, Says: says, Fields: map[string]string{"email": says}}
	}
	groups, err := s.groupsNamed(ctx, e.Groups, o.Customer)
	if err != nil {
		return 0, err
	}
	roles, err := s.rolesOf(ctx, e)
	if err != nil {
		return 0, err
	}
	role := "user"
	if slices.ContainsFunc(roles, Role.portalAdmin) {
		role = "admin"
	}
	if err := s.db.query(ctx, s.conn, `INSERT INTO memberships (provider_id, portal_id, customer_id, user_id, role, all_groups, sees, created_at)
		VALUES (:provider, :of, :company, :who, :role, :all, :sees, :now) RETURNING id`, s.binder([]int{0, 7},
		[]arg{p(":of", o.ID), p(":company", o.Customer), p(":who", who), p(":role", role), p(":all", e.All), p(":sees", e.Sees)}),
		func(r *row) error { id = MembershipID(r.int()); return nil }); err != nil {
		return 0, err
	}
	for _, r := range roles {
		if r.portalAdmin() {
			continue
		}
		if _, err := s.write(ctx, UserJoin, `INSERT INTO <membership_roles> (provider_id, membership_id, role_id) VALUES (:provider, :of, :role)`, p(":of", id), p(":role", r.ID)); err != nil {
			return 0, err
		}
	}
	for _, g := range groups {
		if _, err := s.write(ctx, UserJoin, `INSERT INTO <membership_groups> (provider_id, membership_id, group_id) VALUES (:provider, :of, :group)`, p(":of", id), p(":group", g.ID)); err != nil {
			return 0, err
		}
	}
	return id, s.log(ctx, Line{Verb: UserJoin, ID: int64(who), Customer: o.Customer, Label: name,
		Note: map[string]any{"membership": id, "customer": o.CustomerName, "roles": roleNames(roles), "groups": Sight{All: e.All, Groups: groups}.names(), "sees": e.Sees}})
}

// rolesOf reads the client roles of an edit.
func (s scope) rolesOf(ctx context.Context, e MembershipEdit) ([]Role, error) {
	if e.Builtin != "" {
		n, err := s.number(ctx, `SELECT r.id FROM {roles} r WHERE r.kind = 'client' AND r.builtin = :word`, p(":word", e.Builtin))
		if err != nil {
			return nil, err
		}
		e.Roles = append(slices.Clone(e.Roles), RoleID(n))
	}
	return s.clientRoles(ctx, e.Roles)
}

// activation notes the link by which a person sets its first password and
// comes into a portal. Its earlier ones are void.
func (s scope) activation(ctx context.Context, a Account, n NewLink) (TokenID, error) {
	n.Kind, n.Life = "act", ActivationLife
	return s.system().AddLink(ctx, a, n)
}
