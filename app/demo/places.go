package demo

import "gatehouse/store"

// place is a site or an address of the sample data.
type place struct {
	name, street, zip, city, contact, phone string
	lat, lon                                float64
	customer                                string // key; "": nobody's site, an address only
	group                                   string
}

// work is what a firm does for its customers in the sample data.
type work struct {
	sites    []place
	kind     string
	tasks    []task
	perDay   int
	today    int      // how many today has
	doers    []string // e-mail, those with more to do more often
	vans     []string // each doer's
	consigns []place  // addresses deliveries go to
	slots    [][2]string
}

type task struct {
	subject, description, customer, site string
	priority                             string
}

var nordliftWork = work{kind: store.JobWork, perDay: 2, today: 5, doers: []string{"tarek@nordlift.test", "finn@nordlift.test", "tarek@nordlift.test"}, vans: []string{"Service van 1", "", "Service van 1"},
	slots: [][2]string{{"08:00", "10:00"}, {"10:30", "12:30"}, {"10:30", "12:00"}, {"13:00", "15:00"}, {"15:15", "17:00"}},
	sites: []place{
		{"Elbtower", "Zweibrückenstraße 1", "20457", "Hamburg", "Anna Brandt", "+49 40 5550 231", 53.5340, 10.0264, "acme", "Hafen City"},
		{"Barmbek quarter", "Fuhlsbüttler Straße 20", "22305", "Hamburg", "Ben Okafor", "+49 40 5550 232", 53.5876, 10.0446, "acme", "Barmbek"},
		{"Track section 7", "Ratzeburger Allee 100", "23562", "Lübeck", "Malte Jensen", "+49 451 5550 12", 53.8410, 10.7020, "beta", ""},
		{"Überseestadt", "Konsul-Smidt-Straße 8", "28217", "Bremen", "Svea Timm", "+49 421 5550 77", 53.0960, 8.7720, "hansa", ""}},
	tasks: []task{
		{"Hydraulic leak on the boom", "Oil on the ground below the boom after a night's standstill. The machine is parked beside gate 2.", "acme", "Elbtower", "Urgent"},
		{"500-hour service", "Oil, filters, grease, and the check list of the maker.", "acme", "Barmbek quarter", "Normal"},
		{"Starter battery flat", "Does not start in the morning, jump start works.", "acme", "Elbtower", "High"},
		{"Yearly inspection", "Inspection of lifting gear with a report for the site's safety folder.", "beta", "Track section 7", "Normal"},
		{"Track adjustment", "Left track comes off under load.", "beta", "Track section 7", "High"},
		{"Fault code E-204", "Shown since yesterday; the machine works.", "hansa", "Überseestadt", "Normal"},
		{"Replace windscreen", "Stone chip in the driver's view.", "hansa", "Überseestadt", "Low"},
		{"Tyre damage", "Outer tyre on the rear axle is cut.", "acme", "Barmbek quarter", "High"}}}

var swiftWork = work{kind: store.JobDelivery, perDay: 6, today: 10, doers: []string{"pete@swift.test", "ivy@swift.test"}, vans: []string{"Van 3", "Van 7"},
	slots: [][2]string{{"07:30", "09:00"}, {"07:30", "09:30"}, {"09:00", "11:00"}, {"09:30", "11:30"}, {"11:00", "13:00"}, {"11:30", "13:00"}, {"13:30", "15:30"}, {"13:30", "15:00"}, {"15:30", "17:30"}, {"15:00", "17:00"}},
	sites: []place{{"Marlow warehouse", "Royal Victoria Dock 4", "E16 1XL", "London", "Maya Sutton", "+44 20 5550 0177", 51.5082, 0.0255, "marlow", "Marlow Foods"},
		{"Brightwater depot", "3 Friar Street", "RG1 1DB", "Reading", "Idris Cole", "+44 118 5550 12", 51.4551, -0.9787, "bright", ""}},
	consigns: []place{
		{"The Copper Kettle", "12 Long Acre", "WC2E 9LA", "London", "Rosa Dean", "+44 20 5550 0211", 51.5129, -0.1243, "", ""},
		{"Borough Table", "8 Southwark Street", "SE1 1TL", "London", "Tom Price", "+44 20 5550 0212", 51.5048, -0.0905, "", ""},
		{"Primrose Deli", "144 Regent's Park Road", "NW1 8XL", "London", "Ada Flynn", "+44 20 5550 0213", 51.5405, -0.1553, "", ""},
		{"Greenwich Larder", "22 Nelson Road", "SE10 9JB", "London", "Noor Shah", "+44 20 5550 0214", 51.4812, -0.0077, "", ""},
		{"Clapham Canteen", "41 Venn Street", "SW4 0BD", "London", "Lee Osei", "+44 20 5550 0215", 51.4616, -0.1390, "", ""},
		{"Chiswick Pantry", "210 High Road", "W4 1PD", "London", "Elin Rhys", "+44 20 5550 0216", 51.4925, -0.2620, "", ""},
		{"Camden Grain", "7 Inverness Street", "NW1 7HB", "London", "Max Adler", "+44 20 5550 0217", 51.5391, -0.1447, "", ""}}}

var goods = []struct {
	sku, name, unit string
	most            int
}{{"MF-1001", "Olive oil 5 l", "can", 6}, {"MF-1020", "Plum tomatoes, tinned", "case", 12}, {"MF-2003", "Flour type 00", "sack", 8}, {"MF-3110", "Goat's cheese", "box", 5}, {"MF-4042", "Blood oranges", "crate", 9}, {"MF-5007", "Sea salt flakes", "tub", 20}}

// What a pharmacy sends, and to whom.
var (
	medicines = []string{"Prescription bag, sealed", "Insulin pens, keep cool", "Dressings, 10 × 10 cm"}
	patients  = []place{
		{"Mrs E. Hartley", "19 Caversham Road", "RG1 8AA", "Reading", "E. Hartley", "+44 118 5550 31", 51.4601, -0.9772, "", ""},
		{"Mr O. Bance", "6 Kendrick Road", "RG1 5DU", "Reading", "O. Bance", "+44 118 5550 32", 51.4489, -0.9650, "", ""}}
)
