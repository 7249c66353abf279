package store

import (
	"context"
	"strings"

	"gatehouse/store/fault"
)

// NewUser is a person about to exist.
type NewUser struct {
	Kind     string // staff, client
	Name     string
	Email    string
	Role     string // staff only
	Owner    bool   // the provider's first admin
	Password string // PHC form; "" leaves the account pending
	Language string
	Phone    string
	Username string // checked by ChosenUsername
}

// clean trims what was typed and reports all that is wrong with it.
func (n *NewUser) clean() error {
	var bad fault.Problems
	n.Name, n.Email = strings.TrimSpace(n.Name), strings.TrimSpace(n.Email)
	n.Phone = Phone(n.Phone)
	checkText(&bad, "name", n.Name, 200)
	checkText(&bad, "phone", n.Phone, 60)
	if n.Name == "" {
		bad.Add("name", "Give a name.")
	}
	if err := CheckEmail(n.Email); err != nil {
		bad.Add("email", "%s", fault.Says(err))
	}
	if n.Kind == "staff" && roleLetters[n.Role] == "" {
		bad.Add("role", "Choose one of the roles.")
	}
	return bad.Err()
}

// AddUser adds a person to a provider. An address that is taken there, by
// staff or client, is a Conflict at the field email.
func (y System) AddUser(ctx context.Context, provider ProviderID, n NewUser) (id UserID, err error) {
	if err := n.clean(); err != nil {
		return 0, err
	}
	err = y.Update(ctx, func(y System) error {
		if id, err = y.insertUser(ctx, provider, n); err != nil {
			return err
		}
		s, err := y.Provider(ctx, provider)
		if err != nil {
			return err
		}
		return s.log(ctx, Line{Verb: UserInvite, ID: int64(id), Label: n.Name})
	})
	return id, err
}

func (y System) insertUser(ctx context.Context, provider ProviderID, n NewUser) (UserID, error) {
	state := "pending"
	if n.Password != "" {
		state = "active"
	}
	id, _, err := y.run(ctx, `INSERT INTO users (provider_id, kind, email, email_key, name, role, owner, all_groups, state, password, language, phone, username, created_at, updated_at)
		VALUES (:provider, :kind, :email, :key, :name, :role, :owner, :all, :state, :phc, :lang, :phone, :username, :now, :now) RETURNING id`,
		p(":provider", provider), p(":kind", n.Kind), p(":email", n.Email), p(":key", FoldEmail(n.Email)), p(":name", n.Name), p(":role", n.Role),
		p(":owner", n.Owner), p(":all", n.Kind == "staff"), p(":state", state), p(":phc", n.Password), p(":lang", n.Language), p(":phone", n.Phone), p(":username", n.Username), p(":now", y.Now()))
	return UserID(id), err
}
