package population_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/calibrate/estimate"
	"github.com/edgeofcare/edgeofcare/calibrate/synthetic"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/population"
	"github.com/edgeofcare/edgeofcare/scenario"
)

func programme(t *testing.T, name, version string) *model.Programme {
	t.Helper()
	d, err := scenario.Open(name)
	require.NoError(t, err)
	v, err := d.Version(version)
	require.NoError(t, err)
	return v.Programme
}

// What a programme changes is what its own expectation says: the cost of a year adds up
// from child-weeks with it less those without, at the forecast's prices, and the councils'
// parts add up to the whole. What is expected without it does not move.
func TestProgrammeIsAddedByItsOwnExpectation(t *testing.T) {
	dn2 := programme(t, "dn2", "base")
	without := forecast(t, council(), population.Options{Years: 3})
	f := forecast(t, council(), population.Options{Years: 3, Programme: dn2})
	require.Equal(t, without.Stock, f.Stock)
	require.Equal(t, without.Spend, f.Spend)

	// From 1 April 2025 on, 52 weeks and a day are in the first year. The quarters hold the
	// 52; from a week earlier on, with the quarter before, they hold 53.
	cost := costOf(t, dn2, day(2025, 4, 1), 4)*6/7 + costOf(t, dn2, day(2025, 3, 25), 5)/7
	require.InDelta(t, cost, f.With.Cost[0], 1e-3)
	require.InDelta(t, f.With.Stock[0][2], f.With.Stock[1][2]+f.With.Stock[2][2], 1e-9)
	require.Negative(t, f.With.Stock[2][2], "fewer in residential care")

	sum := 0.0
	for _, c := range dn2.Commissioners {
		sum += forecast(t, council(), population.Options{Years: 3, Programme: dn2, Council: c.Name}).With.Cost[1]
	}
	require.InDelta(t, f.With.Cost[1], sum, 1e-3)
}

// costOf is what a programme that starts on a day changes of costs in its first quarters.
func costOf(t *testing.T, p *model.Programme, start calendar.Date, quarters int) (cost float64) {
	t.Helper()
	moved := *p
	moved.Start, moved.Delivery, moved.Facility, moved.Published = start, nil, nil, model.PublishedFigures{}
	counted, err := expect.Of(&moved)
	require.NoError(t, err)
	c, pounds := counted.Counts, map[string]float64{"foster": 1000, "residential": 4000}
	for cohort := range c.Shape.Cohorts {
		for payer := range c.Shape.Commissioners {
			for state, s := range p.States {
				price := pounds[s.Name] + pounds[s.Parent]
				for _, w := range []contract.Window{contract.Tracking, contract.AfterTracking} {
					for q := range quarters {
						cost += price * (c.WeeksIn(w, contract.Intervention, cohort, payer, state)[q] - c.WeeksIn(w, contract.Counterfactual, cohort, payer, state)[q])
					}
				}
			}
		}
	}
	return cost
}

// It is as if a programme began on the first day of the forecast, so that its own first
// day, in a quarter or between two, makes no difference.
func TestFirstDayOfAProgrammeMakesNoDifference(t *testing.T) {
	for _, name := range []string{"dn2", "suffolk"} {
		p := programme(t, name, map[string]string{"dn2": "base", "suffolk": "medium"}[name])
		is := forecast(t, council(), population.Options{Years: 4, Programme: p}).With
		for _, months := range []int{-7, 1, 2} {
			moved := *p
			moved.Start = day(p.Start.Year(), p.Start.Month()+time.Month(months), p.Start.Day())
			require.Equal(t, is, forecast(t, council(), population.Options{Years: 4, Programme: &moved}).With, "%s, %d months", name, months)
		}
	}
}

// One child in every week is one child on average, also where January to March hold 12
// weeks that end in them, and costs 3,000 a week less for all days of each year. Six
// days after the programme's last week are as those before.
func TestOneChildForSixYears(t *testing.T) {
	p := *programme(t, "dn2", "base")
	p.Background, p.Ages, p.Contract = nil, model.Ages{}, contract.Terms{}
	p.Cohorts = []model.Cohort{{
		Name: "one", Referrals: model.Referrals{Children: 1}, StartState: "residential", StartProbability: 1, Tracking: 100,
		PlannedState: p.States[slices.IndexFunc(p.States, func(s model.State) bool { return s.Parent == "foster" })].Name,
	}}
	weeks := calendar.Weeks{Start: day(2025, 4, 1), Count: 313}.Boundaries()
	require.Equal(t, 12, weeks[20]-weeks[19], "January to March 2030")
	all := []float64{365, 365, 366, 365, 365, 365} // 313 weeks; without the last year 260 and six days
	for years, horizon := range map[int]int{6: 313, 5: 260} {
		p.Weeks = horizon
		with := forecast(t, council(), population.Options{Years: years, Programme: &p}).With
		require.InDelta(t, 1, with.Referred, 1e-9)
		for y, days := range all[:years] {
			require.InDelta(t, 0, with.Stock[0][y], 1e-9, "in care")
			require.InDelta(t, 1, with.Stock[1][y], 1e-9, "foster")
			require.InDelta(t, -1, with.Stock[2][y], 1e-9, "residential")
			require.InDelta(t, -3000*days/7, with.Cost[y], 1e-6)
		}
	}
	p.Weeks = 259
	_, err := council().Forecast(t.Context(), population.Options{Years: 5, Programme: &p})
	require.ErrorContains(t, err, "modelled for 259 weeks, and the forecast is of 260: give 4 years at most")
}

func TestProgrammesThatCannotBePutTogether(t *testing.T) {
	dn2 := programme(t, "dn2", "base")
	for says, o := range map[string]population.Options{
		`no council "Derbyshire"`: {Programme: dn2, Council: "Derbyshire"},
		"give 5 years at most":    {Years: 6, Programme: programme(t, "birmingham-step-down", "base")},
	} {
		_, err := council().Forecast(t.Context(), o)
		require.ErrorContains(t, err, says)
	}
	other := *dn2
	other.States = append([]model.State{{Name: "kin"}}, dn2.States...)
	other.UnitCosts = append([]contract.UnitCost{{State: "kin"}}, dn2.UnitCosts...)
	_, err := council().Forecast(t.Context(), population.Options{Programme: &other})
	require.ErrorContains(t, err, "kin, a state that no child of the council was in")
}

// A programme that takes more children out of care than the council has is not one of its
// children's.
func TestProgrammeLargerThanTheCouncil(t *testing.T) {
	large := *programme(t, "dn2", "base")
	large.Cohorts = slices.Clone(large.Cohorts)
	for i := range large.Cohorts {
		large.Cohorts[i].Referrals.Children *= 100
	}
	_, err := council().Forecast(t.Context(), population.Options{Programme: &large})
	require.ErrorContains(t, err, "fewer children in residential in March")
	require.ErrorContains(t, err, "a programme of the council's size")
}

// fewInResidential is a small council, of which 1 to 5 children are in residential care.
func fewInResidential(t *testing.T) *population.Population {
	t.Helper()
	care := returns(t, synthetic.Settings{Children: 80, Years: 5, Seed: 3})
	p, err := population.FromSpells(spells(care), population.Settings{From: care.Window.From, To: care.Window.To, Home: "reunified"})
	require.NoError(t, err)
	for _, s := range forecast(t, p, population.Options{}).Stock {
		require.True(t, s.State != "residential" || s.Age != nil || estimate.Small(s.Today), s.Today)
	}
	return p
}

// A programme is held to each state, also to those that are shown together, and what it is
// told says no number of a state with few children.
func TestProgrammeLargerThanAHiddenState(t *testing.T) {
	small := fewInResidential(t)
	large := *programme(t, "dn2", "base")
	for _, suppress := range []bool{true, false} {
		_, err := small.Forecast(t.Context(), population.Options{Suppress: suppress, Programme: &large})
		require.ErrorContains(t, err, "takes more children out of")
		require.NotRegexp(t, `\d\.\d`, err.Error())
		require.Equal(t, !suppress, strings.Contains(err.Error(), "residential"), err)
	}
}

// What two unit costs lead to would tell states apart that are shown together.
func TestCostsDoNotTellSmallStatesApart(t *testing.T) {
	cost := []population.Cost{{State: "residential", Weekly: decimal.NewFromInt(1)}}
	_, err := fewInResidential(t).Forecast(t.Context(), population.Options{Suppress: true, Costs: cost})
	require.ErrorContains(t, err, "a cost of residential")
	forecast(t, fewInResidential(t), population.Options{Costs: cost})
	forecast(t, council(), population.Options{Suppress: true, Costs: cost})
}
