package bench

import (
	"fmt"
	"strconv"
)

// Fleet is a made-up fleet: so many assets over so many providers with so many
// customers each. Every 50th asset belongs to the first customer of the first
// provider, which is the big one; the others are spread evenly. The order of
// the assets says nothing about whose they are, which is the worst case for a
// data file.
type Fleet struct {
	Assets, Providers, Customers int
	Jobs                         int // over the same providers and customers, in the same way
	Seed                         uint64
}

// GroupsEach is how many business units each customer has.
const GroupsEach = 5

// Machine is the asset i of a fleet. Provider, Customer and Group count from 0,
// the customer within its provider, the group within its customer.
type Machine struct {
	Provider, Customer, Group                                int
	Name, ExternalID, Serial, PIN, Make, Model, Type, Status string
	Year, Since, SeenAt                                      int64
	Hours, IdleHours, Fuel, DEF, Odometer, Lat, Lon          float64
	Running                                                  bool
}

// dice is splitmix64: the same numbers everywhere and for ever.
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (d *dice) n(below int) int { return int(d.next() % uint64(below)) }

// tenths is a number between 0 and below, in steps of a tenth: what a meter shows.
func (d *dice) tenths(below int) float64 { return float64(d.n(below*10)) / 10 }

func (d *dice) letters(n int) string {
	const all = "ABCDEFGHJKLMNPRSTUVWXYZ"
	b := make([]byte, n)
	for i := range b {
		b[i] = all[d.n(len(all))]
	}
	return string(b)
}

var kinds = []struct {
	name   string
	models []string
}{
	{"Mini excavator", []string{"Kubota KX019", "Takeuchi TB216", "Yanmar SV18", "Bobcat E20"}},
	{"Crawler excavator", []string{"Caterpillar 320", "Komatsu PC210", "Volvo EC220", "Hitachi ZX225"}},
	{"Wheel loader", []string{"Kramer 5085", "Volvo L60", "Liebherr L514", "Caterpillar 908"}},
	{"Telehandler", []string{"Kramer 2706", "JCB 540-170", "Manitou MT625", "Merlo P40"}},
	{"Scissor lift", []string{"Genie GS-1932", "JLG 2632R", "Haulotte C8", "Skyjack SJ3219"}},
	{"Boom lift", []string{"Genie Z-45", "JLG 450AJ", "Haulotte HA16", "Niftylift HR17"}},
	{"Tandem roller", []string{"Bomag BW120", "Hamm HD12", "Ammann ARX26", "Dynapac CC1200"}},
	{"Dump truck", []string{"Wacker DW60", "Thwaites MACH2060", "Bergmann 3012", "Ausa D600"}},
	{"Generator", []string{"Atlas QAS45", "Himoinsa HRYW45", "Pramac GRW45", "Inmesol IV045"}},
	{"Hydraulic hammer", []string{"Rammer 555", "Krupp HM185", "Montabert V32", "Epiroc SB202"}},
}

// The days between which machines were handed over, and those on which they
// last reported: fixed, so that a fleet is the same whenever it is made.
const (
	handedOver = 1735689600 // 2025-01-01
	reported   = 1767225600 // 2026-01-01
	day        = 86400
)

// At is the asset i. It depends on nothing but i and the fleet.
func (f Fleet) At(i int) Machine {
	d := dice(f.Seed + uint64(i)*0x632be59bd9b4e019)
	var m Machine
	if i%50 != 0 {
		owner := d.n(f.Providers * f.Customers)
		m.Provider, m.Customer = owner/f.Customers, owner%f.Customers
	}
	m.Group = d.n(GroupsEach)
	kind := &kinds[d.n(len(kinds))]
	model := kind.models[d.n(len(kind.models))]
	for at := range len(model) {
		if model[at] == ' ' {
			m.Make, m.Model = model[:at], model[at+1:]
		}
	}
	m.Type, m.Name = kind.name, kind.name+" "+strconv.Itoa(1000+d.n(9000))
	m.ExternalID, m.Serial, m.PIN = fmt.Sprintf("EQ-%07d", i), d.letters(2)+"-"+strconv.Itoa(100000+d.n(900000)), d.letters(8)+strconv.Itoa(100000000+d.n(900000000))
	m.Status = status(d.n(100))
	m.Year = int64(2008 + d.n(18))
	m.Since, m.SeenAt = handedOver+int64(d.n(300*day)), reported+int64(d.n(300*day))
	m.Hours, m.Odometer = d.tenths(12000), float64(d.n(180000))
	m.IdleHours = float64(int(m.Hours*float64(10+d.n(30))/10)) / 10
	m.Fuel, m.DEF = float64(d.n(101)), float64(d.n(101))
	m.Lat, m.Lon = 47+float64(d.n(700000))/100000, 6+float64(d.n(900000))/100000
	m.Running = d.n(3) == 0
	return m
}

func status(percent int) string {
	switch {
	case percent < 70:
		return "active"
	case percent < 85:
		return "idle"
	case percent < 95:
		return "service"
	}
	return "retired"
}
