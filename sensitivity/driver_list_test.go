package sensitivity_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
	"github.com/edgeofcare/edgeofcare/sensitivity"
)

func names(d *scenario.Document) []string {
	var all []string
	for _, one := range drivers(d) {
		all = append(all, one.Name)
	}
	return all
}

// What each driver of DN2 ranges over.
func TestDriversOfDN2(t *testing.T) {
	type span struct {
		name              string
		from, to, neutral string // with the unit
		step              float64
	}
	var got []span
	for _, one := range drivers(open(t, "dn2")) {
		got = append(got, span{one.Name, one.Text(one.From), one.Text(one.To), one.Text(one.Neutral), one.Step})
	}
	assert.Equal(t, []span{
		{"referrals", "× 0.3", "× 2", "× 1", 0.01},
		{"placement breakdown", "× 0.25", "× 4", "× 1", 0.01},
		{"start probability", "× 0.25", "× 1", "× 1", 0.01},
		{sensitivity.DeliveryCost, "× 0.5", "× 2", "× 1", 0.01},
		{"tariffs", "× 0.5", "× 1.5", "× 1", 0.01},
		{"claims paid later", "0 days", "365 days", "0 days", 1},
		{"growth of delivery cost", "0% a year", "25% a year", "0% a year", 0.1},
		{"start delayed", "0 months", "30 months", "0 months", 1},
		{"preparation takes longer", "0 weeks", "52 weeks", "0 weeks", 1},
		{sensitivity.ResidentialCost, "× 0.5", "× 2", "× 1", 0.01},
		{sensitivity.ResidentialPrice, "£2,000 a week", "£8,000 a week", "£4,000 a week", 1},
		{"cost of foster care", "× 0.5", "× 2", "× 1", 0.01},
		{sensitivity.WithoutProgramme, "× 0.25", "× 4", "× 1", 0.01},
	}, got)
}

// What care costs moves no investor's money, and what delivery costs moves no
// saving of the public.
func TestDriversBearOnEvents(t *testing.T) {
	d := open(t, "dn2")
	ofCare := []string{sensitivity.ResidentialCost, sensitivity.ResidentialPrice, "cost of foster care"}
	ofDelivery := []string{sensitivity.DeliveryCost, "claims paid later", "growth of delivery cost"}
	without := func(left []string) []string {
		return slices.DeleteFunc(names(d), func(name string) bool { return slices.Contains(left, name) })
	}
	bearing := func(events ...string) []string {
		var all []string
		for _, one := range sensitivity.Drivers(d, events...) {
			all = append(all, one.Name)
		}
		return all
	}
	assert.Equal(t, without(ofCare), bearing(montecarlo.LosesMoney, montecarlo.FacilityShort))
	assert.Equal(t, without(ofDelivery), bearing(montecarlo.Saves))
	assert.Equal(t, names(d), bearing(montecarlo.MissesHurdle, montecarlo.Saves))
}

// What the inputs of a tornado range over.
func TestInputsOfDN2(t *testing.T) {
	d := open(t, "dn2")
	var got [][3]string
	of := map[string]sensitivity.Input{}
	for _, one := range sensitivity.Inputs(d) {
		got = append(got, [3]string{one.Name, one.LowLabel, one.HighLabel})
		of[one.Name] = one
	}
	assert.Equal(t, [][3]string{
		{"referrals", "× 0.8", "× 1.2"},
		{"start probability", "× 0.8", "× 1.2, at most 1"},
		{"placement breakdown", "× 0.75", "× 1.25"},
		{"weeks of preparation", "4 weeks less, at least 0", "4 weeks more"},
		{sensitivity.WithoutProgramme, "× 0.5", "× 1.5"},
		{sensitivity.ResidentialCost, "× 0.75", "× 1.25"},
		{"cost of foster care", "× 0.75", "× 1.25"},
		{"tariffs", "× 0.9", "× 1.1"},
		{sensitivity.DeliveryCost, "× 0.8", "× 1.2"},
		{"days until claims are paid", "at once", "91 days later"},
	}, got[:10])
	for _, pair := range got[10:] {
		assert.Equal(t, []string{"low", "high"}, pair[1:])
	}

	// The edits are what the labels say.
	o := few(0)
	as := programme(t, d, o)
	low, high := func(name string) *model.Programme { return programme(t, d, o, of[name].Low...) }, func(name string) *model.Programme { return programme(t, d, o, of[name].High...) }
	assert.Equal(t, as.Cohorts[0].Lag-4, low("weeks of preparation").Cohorts[0].Lag)
	assert.Equal(t, as.Cohorts[0].Lag+4, high("weeks of preparation").Cohorts[0].Lag)
	assert.InDelta(t, 0.8, low(sensitivity.DeliveryCost).Delivery.Scale.Decimal.InexactFloat64(), 1e-12)
	assert.InDelta(t, 1.2, high(sensitivity.DeliveryCost).Delivery.Scale.Decimal.InexactFloat64(), 1e-12)
	assert.Zero(t, low("days until claims are paid").Delivery.ClaimsPaidAfter)
	assert.Equal(t, as.Delivery.ClaimsPaidAfter+91, high("days until claims are paid").Delivery.ClaimsPaidAfter)
}

// However a programme of the library is written (rates in pieces, outcomes without
// a price, states of its own, prices that differ), what is said to fit it does, in
// every case, and neutral changes nothing.
func TestDriversAndInputsFitTheLibrary(t *testing.T) {
	for _, name := range []string{"birmingham-step-down", "norfolk", "staffordshire-ifss", "suffolk", "dn2"} {
		d := open(t, name)
		inputs := sensitivity.Inputs(d)
		assert.GreaterOrEqual(t, len(drivers(d)), 7, name)
		assert.GreaterOrEqual(t, len(inputs), 6, name)
		last := options{Case: d.Cases()[len(d.Cases())-1].Name} // they were found in the first
		as := programme(t, d, last)
		for _, one := range drivers(d) {
			programme(t, d, last, one.Edits(one.From)...)
			programme(t, d, last, one.Edits(one.To)...)
			assert.Equal(t, as.Fingerprint(), programme(t, d, last, one.Edits(one.Neutral)...).Fingerprint(), "%s: %s", name, one.Name)
		}
		for _, input := range inputs {
			programme(t, d, last, input.Low...)
			programme(t, d, last, input.High...)
		}
	}
}

// Drivers find their numbers however a file writes them.
func TestDriversFindTheirNumbers(t *testing.T) {
	// The template writes a rate of failure as a share still there, prices by
	// council and costs by year. None of its children is referred where they should
	// stay.
	d := changed(t)
	assert.NotContains(t, names(d), sensitivity.WithoutProgramme)
	assert.Contains(t, names(d), sensitivity.IntoSuccess)
	into := programme(t, d, few(0), driver(t, d, sensitivity.IntoSuccess).Edits(2)...)
	assert.Equal(t, 0.008, into.Background["residential"][0].Moves[0].Probability) // to foster: 0.004 × 2
	assert.Equal(t, 0.002, into.Background["residential"][0].Moves[1].Probability, "home is no success of a step-down")
	p, dear := programme(t, d, few(0)), driver(t, d, "tariffs")
	q := programme(t, d, few(0), dear.Edits(1.5)...)
	assert.Equal(t, "510", q.Contract.Metrics[1].Tariff.ByCommissioner["Southdale"].String()) // 340 × 1.5
	cost := driver(t, d, sensitivity.ResidentialCost)
	for i, u := range programme(t, d, few(0), cost.Edits(2)...).UnitCosts {
		if u.State == "residential" {
			assert.Equal(t, p.UnitCosts[i].PerWeek.Add(p.UnitCosts[i].PerWeek).String(), u.PerWeek.String())
		}
	}
	assert.NotContains(t, names(d), sensitivity.ResidentialPrice)

	// Terms that are left out can be put in, and a share is added to as one.
	d = changed(t, "  scale: 1 ", "  # scale: 1 ", "  uplift: 0% ", "  uplift: 0.02 ", "  claims paid after: 45 days", "  # claims paid after: 45 days",
		"edits: {delivery.uplift: {plus: 3%}}", "edits: {delivery.uplift: {plus: 0.03}}")
	all := names(d)
	assert.Contains(t, all, sensitivity.DeliveryCost)
	assert.Contains(t, all, "claims paid later")
	q = programme(t, d, few(0), driver(t, d, "growth of delivery cost").Edits(10)...)
	assert.InDelta(t, 0.12, q.Delivery.Uplift, 1e-12)
	q = programme(t, d, few(0), driver(t, d, "claims paid later").Edits(91)...)
	assert.Equal(t, 91, q.Delivery.ClaimsPaidAfter)

	// Rates by destination, and in pieces.
	d = changed(t, "failure: {hazard: {value: 0.008, range: 0.005 to 0.0117}, to: {residential: 70%, foster: 30%}}", "failure: {residential: 0.004, reunified: 0.001}",
		"{still there: 70%, at: 78 weeks}", "0.004",
		"      cohorts.step-down.failure.hazard: {value: 0.012, note: half as much again}\n", "",
		"      cohorts.step-down.failure: {hazard: 0.004, to: {foster: 100%}}\n", "")
	p, q = programme(t, d, few(0)), programme(t, d, few(0), driver(t, d, "placement breakdown").Edits(2)...)
	for k := range p.Cohorts {
		for i, piece := range p.Cohorts[k].Failure {
			for j, move := range piece.Moves {
				assert.InDelta(t, 2*move.Probability, q.Cohorts[k].Failure[i].Moves[j].Probability, 1e-12)
			}
		}
	}
}

func TestDriverText(t *testing.T) {
	d := open(t, "dn2")
	assert.Equal(t, "× 0.8", driver(t, d, "referrals").Text(0.8))
	assert.Equal(t, "£4,500 a week", driver(t, d, sensitivity.ResidentialPrice).Text(4500))
	assert.Equal(t, "7.5% a year", driver(t, d, "growth of delivery cost").Text(7.5))
	assert.Equal(t, "1 month", driver(t, d, "start delayed").Text(1))
	assert.Equal(t, "91 days", driver(t, d, "claims paid later").Text(91))
	assert.Equal(t, "3", sensitivity.Driver{}.Text(3))
	counted := sensitivity.Driver{Unit: "children", One: "child"}
	assert.Equal(t, "1 child", counted.Text(1))
	assert.Equal(t, "1,200 children", counted.Text(1200))

	one := driver(t, d, "start delayed")
	text, err := json.Marshal(one)
	require.NoError(t, err)
	var again sensitivity.Driver
	require.NoError(t, json.Unmarshal(text, &again))
	assert.Equal(t, one, again)
	assert.Equal(t, one.Edits(3), again.Edits(3))
}
