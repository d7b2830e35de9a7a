package scenario_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func pounds(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func TestDelivery(t *testing.T) {
	// Decimals are compared as written: 3% is 3 shifted by two places.
	want := &model.Delivery{
		Scale:              decimal.NewNullDecimal(pounds("1.2")),
		Mobilisation:       pounds("120000"),
		MobilisationMonths: 6,
		FixedPerQuarter:    []model.DatedAmount{{Amount: pounds("90000")}, {From: calendar.NewDate(2028, 10, 1), Amount: pounds("40000")}},
		PerReferral:        pounds("500"),
		PerStart:           pounds("1500"),
		PerCaseWeek:        pounds("150.50"),
		WindUp:             pounds("1"),
		Fees: []model.Fee{
			{Name: "fund management", PerQuarter: pounds("5000")},
			{Name: "evaluation", Once: pounds("40000"), On: calendar.NewDate(2028, 3, 31)},
		},
		Uplift:          0.02,
		ClaimsPaidAfter: 30,
		Disallowed:      decimal.New(3, -2),
	}
	p := programme(t, scenario.Set("delivery", `
scale: 1.2
mobilisation: {amount: 120000, months: 6 months}
fixed per quarter: [{amount: 90000}, {from: 2028-10-01, amount: {value: 40000, status: assumed}}]
per referral: 500
per start: {value: 1500, status: published, source: S1}
per case week: 150.50
wind-up: 1
fees: {fund management: {per quarter: 5000}, evaluation: {once: 40000, on: 2028-03-31}}
uplift: 2%
claims paid after: 30
disallowed: 3%`))
	assert.Equal(t, want, p.Delivery)
	assert.Equal(t, model.Input{Path: "delivery.per start", Value: "1500", Status: model.Published, Source: "S1", By: "edit"}, input(t, p, "delivery.per start"))

	p = programme(t, scenario.Set("delivery", "{scale: 120%, fixed per quarter: 90000}"))
	assert.Equal(t, "1.2", p.Delivery.Factor().String())
	assert.Equal(t, []model.DatedAmount{{Amount: pounds("90000")}}, p.Delivery.FixedPerQuarter)
	p = programme(t, scenario.Set("delivery", "{}"))
	assert.Equal(t, &model.Delivery{}, p.Delivery, "everything may be left out")
}

func TestFacility(t *testing.T) {
	p := programme(t, scenario.Set("facility", `
investors:
  Fund: 451264
  Provider: {commitment: 433567, rank: 2, provider: yes, surplus: 100%}
draw: on schedule
tranches: [{on: 2026-10-01, share: 60%}, {on: 2027-10-01, share: 0.4}]
draws until: 2029-09-30
recycling: no
interest: 1% real
preferred return: 5% real
reserve: 1000
repay from: 2029-10-01
hurdle: 8% real`))
	assert.Equal(t, &model.Facility{
		Investors: []model.Investor{
			{Name: "Fund", Commitment: pounds("451264")},
			{Name: "Provider", Commitment: pounds("433567"), Rank: 2, Provider: true, Residual: decimal.New(100, -2)},
		},
		Drawing: model.OnSchedule,
		Tranches: []model.Tranche{
			{On: calendar.NewDate(2026, 10, 1), Share: decimal.New(60, -2)},
			{On: calendar.NewDate(2027, 10, 1), Share: pounds("0.4")},
		},
		DrawsUntil: calendar.NewDate(2029, 9, 30), NoRecycling: true,
		Terms: model.Terms{Interest: model.Rate{Yearly: 0.01}, PreferredReturn: model.Rate{Yearly: 0.05}}, Reserve: pounds("1000"),
		RepayFrom: calendar.NewDate(2029, 10, 1), Hurdle: model.Rate{Yearly: 0.08},
	}, p.Facility)
	p = programme(t, scenario.Set("facility", "{recycling: yes, draw: as needed}"))
	assert.Equal(t, &model.Facility{}, p.Facility)
}

func TestCapacityAndAffordability(t *testing.T) {
	p := programme(t,
		scenario.Set("capacity", "{starts per quarter: 25, lapse after: 26 weeks, cohorts: [step-down]}"),
		scenario.Set("affordability", "[{commissioner: Northmoor, year: 2027/28, amount: 400000}, {commissioner: Northmoor, year: 2028/29, amount: 0}]"))
	assert.Equal(t, model.Capacity{StartsPerQuarter: 25, Lapse: 26, Cohorts: []string{"step-down"}}, p.Capacity)
	require.Len(t, p.Affordability, 2)
	assert.Equal(t, "Northmoor, £400000 in 2027/28", p.Affordability[0].String())
	p = programme(t, scenario.Set("capacity", "none"))
	assert.True(t, p.Capacity.None())
	p = programmeOf(t, good(t), "")
	assert.Nil(t, p.Delivery)
	assert.Nil(t, p.Facility)
	assert.Empty(t, p.Affordability)
	assert.True(t, p.Capacity.None())
}

// Terms that could not be read are terms: nobody is told that capital has
// nothing to pay for.
func TestFacilityWaitsForDelivery(t *testing.T) {
	const facility = "facility: {investors: {Fund: 1000}}\n"
	for _, delivery := range []string{"delivry: {per start: 1000}\n", "delivery: 1000\n", "delivery:\n", "delivery: {per star: 1000}\n"} {
		_, err := scenario.Read("x.yaml", strings.NewReader(goodText(t)+delivery+facility))
		require.Len(t, scenario.Faults(err), 1, delivery)
		assert.Equal(t, 55, scenario.Faults(err)[0].Line, delivery)
	}
	_, err := scenario.Read("x.yaml", strings.NewReader(goodText(t)+facility))
	assert.ErrorContains(t, err, "x.yaml:55:11: facility: the programme has no delivery terms")
}

// A pause has the weeks whose last day lies in it. Week 52 of the template runs
// from 31 March to 6 April 2027.
func TestPauses(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     model.Pause
	}{
		{"2027-04-01", "2027-09-30", model.Pause{From: 52, To: 78}}, // week 77 ends on 28 September
		{"2027-04-06", "2027-04-06", model.Pause{From: 52, To: 53}},
		{"2027-04-06", "2027-04-12", model.Pause{From: 52, To: 53}},
		{"2027-04-07", "2027-04-13", model.Pause{From: 53, To: 54}},
		{"2026-04-01", "2026-04-07", model.Pause{From: 0, To: 1}},
		{"2031-03-18", "2031-03-31", model.Pause{From: 258, To: 260}}, // after the last referrals
	} {
		p := programme(t, scenario.Set("cohorts.*.referrals.pauses", "[{from: "+test.from+", to: "+test.to+"}]"))
		assert.Equal(t, []model.Pause{test.want}, p.Cohorts[0].Referrals.Pauses, "%s to %s", test.from, test.to)
	}
	p := programme(t, scenario.Set("cohorts.*.referrals.pauses", "none"))
	assert.Empty(t, p.Cohorts[1].Referrals.Pauses)
}
