package sensitivity

import (
	"fmt"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// The names of the drivers that come with this package.
const (
	Referrals        = "referrals"
	Breakdown        = "placement breakdown"
	StartProbability = "start probability"
	DeliveryCost     = "cost of delivery"
	Tariffs          = "tariffs"
	ClaimsLate       = "claims paid later"
	DeliveryGrowth   = "growth of delivery cost"
	StartLate        = "start delayed"
	Preparation      = "preparation takes longer"
	ResidentialCost  = "cost of residential care"
	ResidentialPrice = "price of residential care"
	FosterCost       = "cost of foster care"
	WithoutProgramme = "moves into dearer care without the programme"
)

// Drivers returns the drivers that fit every case of a programme, by the names
// above. One that finds no numbers to change is left out: a delivery cost where
// there are no delivery terms, rates of failure that are written as shares still
// there after some weeks.
func Drivers(d *scenario.Document) []Driver {
	f, err := newFitter(d)
	if err != nil { // a document is checked with all of its cases
		return nil
	}
	var fitting []Driver
	for _, ways := range f.drivers() {
		for _, driver := range ways {
			if driver.validate() == nil && f.fits(driver.Edits(driver.From)...) && f.fits(driver.Edits(driver.To)...) {
				fitting = append(fitting, driver)
				break
			}
		}
	}
	return fitting
}

// drivers are all there are, each in the ways in which it may fit.
func (f *fitter) drivers() [][]Driver {
	return [][]Driver{
		{times(Referrals, "children referred, in every cohort", 0.3, 2, []string{"cohorts.*.referrals.children"})},
		f.breakdown(),
		{times(StartProbability, "the probability that a child starts, in every cohort", 0.25, 1, []string{"cohorts.*.start probability"})},
		f.deliveryCost(),
		{times(Tariffs, "what is paid for every unit", 0.5, 1.5, f.tariffs())},
		f.claimsLate(),
		f.deliveryGrowth(),
		f.startLate(),
		{later(Preparation, "the time from referral to the start of a placement, in every cohort", "weeks", 52, "cohorts.*.lag")},
		{times(ResidentialCost, "what a week in residential care costs", 0.5, 2, f.unitCost(residential))},
		f.residentialPrice(),
		{times(FosterCost, "what a week in foster care costs", 0.5, 2, f.unitCost(foster))},
		{times(WithoutProgramme, "the rates, in both arms and all cohorts, at which children whom no placement holds leave a state that counts as success, "+
			"and in which they were referred, for dearer care: the higher they are, the lower the deadweight", 0.25, 4, f.counterfactual())},
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

// later is a driver that adds a span of time.
func later(name, note, unit string, most float64, paths ...string) Driver {
	d := Driver{Name: name, Note: note, Unit: unit, To: most, Step: 1}
	for _, path := range paths {
		d.Changes = append(d.Changes, Change{Path: path, Does: Add, Unit: " " + unit})
	}
	return d
}

// breakdown goes as far up as the rates allow: no probability is above 1.
func (f *fitter) breakdown() []Driver {
	paths := f.failure()
	var ways []Driver
	for _, most := range []float64{4, 3, 2} {
		ways = append(ways, times(Breakdown, "the rate at which placements fail, in every cohort", 0.25, most, paths))
	}
	return ways
}

// startLate moves everything but the first day and what is paid from then on:
// also the dates on which fixed costs change and repayment begins, as far as the
// file has them.
func (f *fitter) startLate() []Driver {
	paths := []string{"end", "cohorts.*.referrals.from", "cohorts.*.referrals.to"}
	if f.first.Delivery != nil {
		for i := 1; i < len(f.first.Delivery.FixedPerQuarter); i++ {
			paths = append(paths, fmt.Sprintf("delivery.fixed per quarter.%d.from", i+1))
		}
	}
	if f.first.Facility != nil && !f.first.Facility.RepayFrom.IsZero() {
		paths = append(paths, "facility.repay from")
	}
	return []Driver{later(StartLate, "all that has a date is so much later, but for the first day and the team that is paid from then on", "months", 30, paths...)}
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
	written := later(ClaimsLate, "every claim and grant is paid so much later", "days", 365, "delivery.claims paid after")
	ways := []Driver{written}
	if f.first.Delivery.ClaimsPaidAfter == 0 {
		unwritten := written
		unwritten.Changes = []Change{{Path: "delivery.claims paid after", Does: Put, Unit: " days"}}
		ways = append(ways, unwritten)
	}
	return ways
}

// deliveryGrowth writes what is added in per cent or as a share, as the file
// does.
func (f *fitter) deliveryGrowth() []Driver {
	if f.first.Delivery == nil {
		return nil
	}
	const path = "delivery.uplift"
	growing := func(c Change) Driver {
		return Driver{
			Name: DeliveryGrowth, Note: "every cost of running the programme rises by so much more each April, and tariffs do not",
			Unit: aYear, To: 25, Step: 0.1, Changes: []Change{c},
		}
	}
	ways := []Driver{growing(Change{Path: path, Does: Add, Unit: "%"}), growing(Change{Path: path, Does: Add, Scale: 0.01})}
	if f.first.Delivery.Uplift == 0 {
		ways = append(ways, growing(Change{Path: path, Does: Put, Unit: "%"}))
	}
	return ways
}

// residentialPrice is a driver in £ a week, where one amount in whole pounds
// says what residential care costs, and it is the same in every case.
func (f *fitter) residentialPrice() []Driver {
	price, ok := f.onePrice(residential)
	if !ok {
		return nil
	}
	return []Driver{{
		Name: ResidentialPrice, Note: "what a week in residential care costs", Unit: poundsAWeek,
		From: float64(price / 2), To: float64(2 * price), Neutral: float64(price), Step: 1,
		Changes: []Change{{Path: "unit costs." + residential, Does: Put}},
	}}
}

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
