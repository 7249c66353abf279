package demo

import "gatehouse/store"

// firm is a provider of the sample data.
type firm struct {
	slug, name, starter, country, phone string
	formats                             store.Formats
	staff                               []person
	customers                           []customer
	fleet                               string // a file of data/
}

type person struct {
	name, email, role string
	groups            []string // only these, for a client
}

// customer is a company of the sample data. portal is the state its portal is
// in: "" none, draft, pending, active, suspended.
type customer struct {
	key, name, code, kind, email, phone, contact string
	street, zip, city                            string
	groups                                       []string
	slug                                         string // of its portal; "": from the name
	portal, theme                                string
	areas                                        []store.Feature
	people                                       []person
}

var everything = []store.Feature{store.FeatureAssets, store.FeatureList, store.FeatureMeters, store.FeatureMap, store.FeatureActivity, store.FeatureFaults, store.FeatureHistory, store.FeatureExport}

var nordlift = firm{
	slug: "nordlift", name: "Nordlift Rental", starter: "rental", country: "Germany", phone: "+49 40 5550 100", fleet: "nordlift.csv",
	formats: store.Formats{Date: "DMY", Sep: ".", Clock24: true, Zone: "Europe/Berlin", Language: "en"},
	staff: []person{{name: "Nora Lindqvist", email: "nora@nordlift.test", role: "admin"}, {name: "Finn Petersen", email: "finn@nordlift.test", role: "fleet_admin"},
		{name: "Ute Behrens", email: "ute@nordlift.test", role: "user"}, {name: "Tarek Aziz", email: "tarek@nordlift.test", role: "technician"}, {name: "Greta Holm", email: "greta@nordlift.test", role: "agent"}},
	customers: []customer{
		{key: "acme", name: "Hafenbau GmbH", code: "10023", kind: "Contractor", email: "anna@hafenbau.test", phone: "+49 40 5550 231", contact: "Anna Brandt", street: "Am Sandtorkai 44", zip: "20457", city: "Hamburg",
			groups: []string{"Hafen City", "Barmbek"}, slug: "hafenbau", portal: "active", theme: "Forest", areas: everything,
			people: []person{{name: "Anna Brandt", email: "anna@hafenbau.test"}, {name: "Ben Okafor", email: "ben@hafenbau.test", groups: []string{"Barmbek"}}}},
		{key: "beta", name: "Lübecker Gleisbau AG", code: "10044", kind: "Contractor", email: "dispo@gleisbau.test", phone: "+49 451 5550 12", contact: "Malte Jensen", street: "Bei der Lohmühle 7", zip: "23554", city: "Lübeck",
			portal: "pending", areas: []store.Feature{store.FeatureAssets, store.FeatureList, store.FeatureMeters}},
		{key: "hansa", name: "Hansa Hochbau KG", code: "10051", kind: "Contractor", email: "bau@hansahochbau.test", contact: "Svea Timm", street: "Contrescarpe 8", zip: "28203", city: "Bremen", portal: "draft"},
		{key: "kueste", name: "Küstenwind Service", code: "10067", kind: "Service provider", email: "lars@kuestenwind.test", contact: "Lars Momsen", street: "Hafenstraße 3", zip: "25813", city: "Husum", portal: "suspended",
			areas: everything[:4], people: []person{{name: "Lars Momsen", email: "lars@kuestenwind.test"}}},
		{key: "foerde", name: "Förde Festival e. V.", code: "10088", kind: "End user", email: "", city: "Flensburg"},
	},
}

var swift = firm{
	slug: "swift", name: "Swift Couriers", starter: "courier", country: "United Kingdom", phone: "+44 20 5550 0100", fleet: "swift.csv",
	formats: store.Formats{Date: "DMY", Sep: "/", Clock24: true, Zone: "Europe/London", Language: "en"},
	staff:   []person{{name: "Sam Whitfield", email: "sam@swift.test", role: "admin"}, {name: "Dora Quill", email: "dora@swift.test", role: "agent"}},
	customers: []customer{
		{key: "marlow", name: "Marlow Foods", code: "MAR", kind: "End user", email: "maya@marlow.test", phone: "+44 20 5550 0177", contact: "Maya Sutton", street: "12 Strand", zip: "WC2N 5HR", city: "London", portal: "active", theme: "Amber works",
			areas: everything[:5], people: []person{{name: "Maya Sutton", email: "maya@marlow.test"}}},
		{key: "bright", name: "Brightwater Pharmacy", code: "BRI", kind: "End user", email: "orders@brightwater.test", contact: "Idris Cole", street: "3 Friar Street", zip: "RG1 1DB", city: "Reading", portal: "pending",
			areas: everything[:3]},
	},
}
