package sensitivity

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// The names of the drivers that charts and commands ask for. [Drivers] has others.
const (
	DeliveryCost     = "cost of delivery"
	ResidentialCost  = "cost of residential care"
	ResidentialPrice = "price of residential care"
	WithoutProgramme = "moves into dearer care without the programme"
	IntoSuccess      = "moves into success without the programme"
)

// The names of the other drivers.
const (
	referrals        = "referrals"
	tariffs          = "tariffs"
	breakdown        = "placement breakdown"
	startProbability = "start probability"
	claimsLate       = "claims paid later"
	deliveryGrowth   = "growth of delivery cost"
	startLate        = "start delayed"
	preparation      = "preparation takes longer"
	fosterCost       = "cost of foster care"
)

// Drivers returns the drivers that fit every case of a programme: referrals,
// placement breakdown, start probability, cost of delivery, tariffs, claims paid
// later, growth of delivery cost, start delayed, preparation takes longer, cost
// of residential care, price of residential care, cost of foster care, and moves
// into dearer care without the programme or, where no child is referred in a state
// that counts as success, moves into success. One that finds no numbers to change is
// left out: a delivery cost where there are no delivery terms.
//
// Rates at which children move are multiplied as weekly probabilities, however they
// are written: 1.2 times "70% still there at 52 weeks", a weekly probability of
// 0.68%, is one of 0.82%, of which 65% are still there at 52 weeks.
//
// With events of package montecarlo, such as [montecarlo.LosesMoney], it returns
// only the drivers that can change the probability of one of them.
func Drivers(d *scenario.Document, events ...string) []Driver {
	f, err := newFitter(d)
	if err != nil { // a document is checked with all of its cases
		return nil
	}
	var fitting []Driver
	for _, ways := range f.drivers() {
		if driver, ok := f.firstThatFits(ways); ok {
			fitting = append(fitting, driver)
		}
	}
	return slices.DeleteFunc(fitting, func(driver Driver) bool {
		return len(events) > 0 && !slices.ContainsFunc(events, driver.bearsOn)
	})
}

// names are those of all drivers that [Drivers] may return.
var names = []string{
	referrals, breakdown, startProbability, DeliveryCost, tariffs, claimsLate, deliveryGrowth, startLate, preparation,
	ResidentialCost, ResidentialPrice, fosterCost, WithoutProgramme, IntoSuccess,
}

// driverNamed is the driver of [Drivers] with a name, which is found in a fraction of the
// time of all of them; false if none that fits has it.
func driverNamed(d *scenario.Document, name string) (Driver, bool) {
	if !slices.Contains(names, name) {
		return Driver{}, false
	}
	f, err := newFitter(d)
	if err != nil {
		return Driver{}, false
	}
	for _, ways := range f.drivers() {
		if len(ways) > 0 && ways[0].Name == name {
			return f.firstThatFits(ways)
		}
	}
	return Driver{}, false
}

// bearsOn reports whether a driver of this package can change the probability of
// an event. What care costs has no part in what the capital earns, nor has what
// delivery costs in what the public saves.
func (d Driver) bearsOn(event string) bool {
	ofCapital := montecarlo.Key{Name: event}.NeedsDelivery()
	switch d.Name {
	case ResidentialCost, ResidentialPrice, fosterCost:
		return !ofCapital
	case DeliveryCost, deliveryGrowth, claimsLate:
		return ofCapital
	}
	return true
}

// drivers are all drivers of the package, each in the ways in which it may fit.
func (f *fitter) drivers() [][]Driver {
	return [][]Driver{
		{times(referrals, "children referred, in every cohort", 0.3, 2, []string{"cohorts.*.referrals.children"})},
		f.breakdown(),
		{times(startProbability, "the probability that a child starts, in every cohort", 0.25, 1, []string{"cohorts.*.start probability"})},
		f.deliveryCost(),
		{times(tariffs, "what is paid for every unit", 0.5, 1.5, f.tariffs())},
		f.claimsLate(),
		f.deliveryGrowth(),
		f.startLate(),
		{later(preparation, "the time from referral to the start of a placement, in every cohort", weeks, 52, "cohorts.*.lag")},
		{times(ResidentialCost, "what a week in residential care costs", 0.5, 2, f.unitCost(residential))},
		f.residentialPrice(),
		{times(fosterCost, "what a week in foster care costs", 0.5, 2, f.unitCost(foster))},
		f.rising(WithoutProgramme, "the weekly probability with which children outside their planned placement move into dearer care from the state in which they were referred, "+
			"where that state counts as success; in both arms and all cohorts: the higher it is, the lower the deadweight", f.counterfactual()),
		f.rising(IntoSuccess, "the weekly probability with which children outside their planned placement move into success from the state in which they were referred; "+
			"in both arms and all cohorts: the higher it is, the higher the deadweight", f.intoSuccess()),
	}
}

// times is a driver that multiplies what stands at some paths.
func times(name, note string, from, to float64, paths []string) Driver {
	d := Driver{Name: name, Note: note, Unit: factor, From: from, To: to, Neutral: 1, Step: 0.01}
	for _, path := range paths {
		d.Changes = append(d.Changes, Change{Path: path, Does: Multiply})
	}
	return d
}

// The units of drivers that add a span of time.
var (
	days   = words.Unit{One: "day", Many: "days"}
	weeks  = words.Unit{One: "week", Many: "weeks"}
	months = words.Unit{One: "month", Many: "months"}
)

// later is a driver that adds a span of time.
func later(name, note string, unit words.Unit, most float64, paths ...string) Driver {
	d := Driver{Name: name, Note: note, Unit: unit.Many, One: unit.One, To: most, Step: 1}
	for _, path := range paths {
		d.Changes = append(d.Changes, Change{Path: path, Does: Add, Unit: " " + unit.Many})
	}
	return d
}

func (f *fitter) breakdown() []Driver {
	return f.rising(breakdown, "the weekly probability that a placement fails, in every cohort", f.failure())
}

// rising multiplies rates, as far up as they allow: no probability is above 1.
func (f *fitter) rising(name, note string, paths []string) []Driver {
	var ways []Driver
	for _, most := range []float64{4, 3, 2, 1.5} {
		ways = append(ways, times(name, note, 0.25, most, paths))
	}
	return ways
}

func (f *fitter) deliveryCost() []Driver {
	if f.first.Delivery == nil {
		return nil
	}
	const path = "delivery.scale"
	written := times(DeliveryCost, "every cost of running the programme, fees included", 0.5, 2, []string{path})
	unwritten := written
	unwritten.Changes = []Change{{Path: path, Does: Put}}
	return []Driver{written, unwritten}
}

func (f *fitter) claimsLate() []Driver {
	if f.first.Delivery == nil {
		return nil
	}
	written := later(claimsLate, "every claim and grant is paid this much later", days, 365, "delivery.claims paid after")
	ways := []Driver{written}
	if f.first.Delivery.ClaimsPaidAfter == 0 {
		unwritten := written
		unwritten.Changes = []Change{{Path: "delivery.claims paid after", Does: Put, Unit: " days"}}
		ways = append(ways, unwritten)
	}
	return ways
}

// deliveryGrowth adds to the uplift in per cent or as a share of 1, as the file
// writes it.
func (f *fitter) deliveryGrowth() []Driver {
	if f.first.Delivery == nil {
		return nil
	}
	const path = "delivery.uplift"
	growing := func(c Change) Driver {
		return Driver{
			Name: deliveryGrowth, Note: "every cost of running the programme rises by this much more each April; tariffs do not",
			Unit: aYear, To: 25, Step: 0.1, Changes: []Change{c},
		}
	}
	ways := []Driver{growing(Change{Path: path, Does: Add, Unit: "%"}), growing(Change{Path: path, Does: Add, Scale: 0.01})}
	if f.first.Delivery.Uplift == 0 {
		ways = append(ways, growing(Change{Path: path, Does: Put, Unit: "%"}))
	}
	return ways
}

// residentialPrice is a driver in £ a week, where a single amount in whole pounds
// says what residential care costs, the same in every case.
func (f *fitter) residentialPrice() []Driver {
	price, ok := f.onePrice(residential)
	if !ok {
		return nil
	}
	return []Driver{{
		Name: ResidentialPrice, Note: "what a week in residential care costs", Unit: poundsAWeek,
		From: float64(price / 2), To: float64(2 * price), Neutral: float64(price), Step: 1,
		// Multiplied, so that what it is not known by is scaled with it.
		Changes: []Change{{Path: "unit costs." + residential, Does: Multiply, Scale: 1 / float64(price)}},
	}}
}

// onePrice is what a week in a state costs, if a single amount in whole pounds
// says so in every case.
func (f *fitter) onePrice(state string) (pounds int64, ok bool) {
	for _, p := range f.all {
		entries := 0
		for _, u := range p.UnitCosts {
			if u.State != state {
				continue
			}
			whole := u.PerWeek.IsInteger() && u.PerWeek.IsPositive()
			if !whole || !u.Growth.IsZero() || pounds != 0 && pounds != u.PerWeek.IntPart() {
				return 0, false
			}
			pounds = u.PerWeek.IntPart()
			entries++
		}
		if entries != 1 {
			return 0, false
		}
	}
	return pounds, true
}
