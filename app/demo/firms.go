package demo

import "gatehouse/store"

// firm is a provider of the sample data.
type firm struct {
	slug, name, starter, country, phone string
	formats                             store.Formats
	staff                               []person
	customers                           []customer
	fleet                               string // a file of data/
	vans                                []van
}

type person struct {
	name, email, role string
	groups            []string // only these, for a client
	title             string
	also              []string // further customers of a client, by key
}

// van is a vehicle of the sample data; driver is the e-mail of one of the
// staff, group what customers see it through.
type van struct {
	name, plate, driver, group string
	lat, lon, speed            float64
	minutes                    int // since it last reported
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

var jobsToo = append([]store.Feature{store.FeatureJobs, store.FeatureJobList, store.FeatureJobFiles, store.FeatureJobComments, store.FeatureJobExport, store.FeatureJobReports, store.FeatureReport}, everything...)

var nordlift = firm{
	slug: "nordlift", name: "Nordlift Rental", starter: "rental", country: "Germany", phone: "+49 40 5550 100", fleet: "nordlift.csv",
	formats: store.Formats{Date: "DMY", Sep: ".", Clock24: true, Zone: "Europe/Berlin", Language: "en"},
	staff: []person{{name: "Nora Lindqvist", email: "nora@nordlift.test", role: "admin"}, {name: "Finn Petersen", email: "finn@nordlift.test", role: "fleet_admin"},
		{name: "Ute Behrens", email: "ute@nordlift.test", role: "user"}, {name: "Tarek Aziz", email: "tarek@nordlift.test", role: "technician"}, {name: "Greta Holm", email: "greta@nordlift.test", role: "agent"}},
	vans: []van{
		{name: "Service van 1", plate: "HH NL 201", driver: "tarek@nordlift.test", lat: 53.5413, lon: 9.9841, speed: 38, minutes: 2},
		{name: "Low loader", plate: "HH NL 340", lat: 53.4871, lon: 10.1302, minutes: 55},
	},
	customers: []customer{
		{key: "acme", name: "Hafenbau GmbH", code: "10023", kind: "Contractor", email: "anna@hafenbau.test", phone: "+49 40 5550 231", contact: "Anna Brandt", street: "Am Sandtorkai 44", zip: "20457", city: "Hamburg",
			groups: []string{"Hafen City", "Barmbek"}, slug: "hafenbau", portal: "active", theme: "Forest", areas: jobsToo,
			people: []person{{name: "Anna Brandt", email: "anna@hafenbau.test"}, {name: "Ben Okafor", email: "ben@hafenbau.test", groups: []string{"Barmbek"}},
				{name: "Jule Harms", email: "jule@bauleitung.test", title: "Site manager for hire", also: []string{"beta"}}}},
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
	staff: []person{{name: "Sam Whitfield", email: "sam@swift.test", role: "admin"}, {name: "Dora Quill", email: "dora@swift.test", role: "agent"},
		{name: "Pete Marsh", email: "pete@swift.test", role: "technician"}, {name: "Ivy Grant", email: "ivy@swift.test", role: "technician"}},
	vans: []van{
		{name: "Van 3", plate: "LK24 SWC", driver: "pete@swift.test", lat: 51.5246, lon: -0.0786, speed: 34, minutes: 1},
		{name: "Van 5", plate: "LK24 SWE", lat: 51.4613, lon: -0.1156, minutes: 22},
		{name: "Van 7", plate: "LK25 SWG", driver: "ivy@swift.test", group: "Marlow Foods", lat: 51.5102, lon: -0.1340, speed: 21, minutes: 2},
		{name: "Van 9", plate: "LK25 SWJ", lat: 51.4543, lon: -0.9781, speed: 47, minutes: 4},
		{name: "Lorry 1", plate: "LX23 SWL", lat: 51.5557, lon: -0.2796, minutes: 340},
	},
	customers: []customer{
		{key: "marlow", name: "Marlow Foods", code: "MAR", kind: "End user", email: "maya@marlow.test", phone: "+44 20 5550 0177", contact: "Maya Sutton", street: "12 Strand", zip: "WC2N 5HR", city: "London", groups: []string{"Marlow Foods"}, portal: "active", theme: "Amber works",
			areas: append([]store.Feature{store.FeatureDeliveries, store.FeatureDeliveryList, store.FeatureDeliveryProof, store.FeatureDeliveryExport, store.FeatureDeliveryComments, store.FeatureDeliveryReports, store.FeatureVehicles, store.FeatureVehicleList}, everything[:5]...), people: []person{{name: "Maya Sutton", email: "maya@marlow.test"}}},
		{key: "bright", name: "Brightwater Pharmacy", code: "BRI", kind: "End user", email: "orders@brightwater.test", contact: "Idris Cole", street: "3 Friar Street", zip: "RG1 1DB", city: "Reading", portal: "pending",
			areas: everything[:3]},
	},
}
