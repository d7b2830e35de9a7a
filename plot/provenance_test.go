package plot

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
)

// A note lists up to four names of one kind of input, and says of more how many
// there are.
func TestNotesListUpToFourNames(t *testing.T) {
	unitCost := func(state string, status model.Status) model.Input {
		return model.Input{Path: model.Path("unit costs." + state), Status: status}
	}
	known := unitCost("left care", model.Published)
	for _, c := range []struct {
		name   string
		states []string // whose unit costs are assumed
		others []model.Input
		want   string
	}{
		{"none", nil, []model.Input{known}, ""},
		{"one", []string{"foster"}, []model.Input{known}, "unit costs of foster"},
		{"three", []string{"foster", "residential", "reunified"}, []model.Input{known}, "unit costs of foster, residential and reunified"},
		{"four", []string{"foster", "residential", "reunified", "edge of care"}, []model.Input{known}, "unit costs of foster, residential, reunified and edge of care"},
		{"five", []string{"foster", "residential", "reunified", "edge of care", "secure"}, []model.Input{known}, "5 of 6 unit costs"},
		{"all of five", []string{"foster", "residential", "reunified", "edge of care", "secure"}, nil, "unit costs"},
		{"a name with a comma", []string{"foster, planned"}, []model.Input{known}, "1 of 2 unit costs"},
		{"one setting of two", []string{"foster"}, []model.Input{unitCost("foster.growth", model.Published)}, "unit costs of foster"},
	} {
		t.Run(c.name, func(t *testing.T) {
			register := c.others
			for _, state := range c.states {
				register = append(register, unitCost(state, model.Assumed))
			}
			require.Equal(t, c.want, unitCosts.with(register, model.Assumed))
		})
	}
	require.Equal(t, "some lags and start probabilities", starts.with([]model.Input{
		{Path: "cohorts.step-down.lag", Status: model.Assumed}, {Path: "cohorts.step-down.start probability", Status: model.Derived},
	}, model.Assumed), "a kind whose inputs have no name of their own")
}

// Each input is of the kinds that its place in the programme file says, and of
// what is named there.
func TestKindsOfInput(t *testing.T) {
	kinds := []kind{
		tariffs, unitCosts, cashable, referrals, starts, failures, otherMoves, ages, contractCap, targets,
		costsOfDelivery, whenClaimsArePaid, commitments, termsOfFacility, hurdles,
	}
	for path, want := range map[string][2]string{ // kind, and what it is of
		"metrics.M1 step-down.tariff":                     {"tariffs", "M1 step-down"},
		"metrics.M1 step-down.tariff.amount":              {"tariffs", "M1 step-down"},
		"metrics.M1 step-down.trigger.full weeks.window":  {},
		"metrics.tariff.cap":                              {},
		"metrics.M1 step-down.target.units":               {"targets", "M1 step-down"},
		"unit costs.foster":                               {"unit costs", "foster"},
		"unit costs.foster.by year.2028/29":               {"unit costs", "foster"},
		"cohorts.edge of care.cashable share":             {"cashable shares", "edge of care"},
		"cohorts.edge of care.referrals.children":         {"numbers of referrals", "edge of care"},
		"cohorts.edge of care.referrals.from":             {},
		"cohorts.edge of care.lag":                        {"lags and start probabilities"},
		"cohorts.edge of care.start probability":          {"lags and start probabilities"},
		"cohorts.lag.tracking":                            {},
		"cohorts.edge of care.failure.1.hazard":           {"failure rates of placements"},
		"cohorts.edge of care.background.foster.1.hazard": {"moves without the programme"},
		"background.foster.residential":                   {"moves without the programme"},
		"ages at referral.from":                           {"ages at referral"},
		"contract cap":                                    {"the contract cap"},
		"delivery.fees.evaluation.once":                   {"delivery costs"},
		"delivery.fixed per quarter.1.amount":             {"delivery costs"},
		"delivery.claims paid after":                      {"payment terms and disallowed claims"},
		"facility.investors.First Investor.commitment":    {"investors' commitments"},
		"facility.tranches.1.on":                          {"terms of the facility"},
		"facility.hurdle":                                 {"the hurdle"},
		"facility.shortfall repaid":                       {},
		"published.totals.contract cap":                   {},
	} {
		var got [2]string
		for _, k := range kinds {
			if what, ok := k.match(model.Input{Path: model.Path(path)}); ok {
				require.Empty(t, got[0], "%s is of two kinds", path)
				got = [2]string{k.name, what}
			}
		}
		require.Equal(t, want, got, path)
	}
}

// Sources are those of the blocks asked for, each once, in the order of the file.
func TestPublishedSources(t *testing.T) {
	p := &model.Programme{Register: []model.Input{
		{Path: "published.totals.service users targeted", Source: "A"},
		{Path: "published.plans.plan 1.payments.Q4 2020/21", Source: "B"},
		{Path: "published.actual payments.Q4 2020/21", Source: "C"},
		{Path: "published.actual payments.Q1 2021/22", Source: "B"},
		{Path: "published.results.2024-06-30.M1"},
		{Path: "contract cap", Source: "D"},
	}}
	require.Equal(t, []string{"C", "B"}, publishedSources(p, "actual payments"))
	require.Equal(t, []string{"B", "C"}, publishedSources(p, "plans", "actual payments"))
	require.Empty(t, publishedSources(p, "results"))
	require.Empty(t, publishedSources(p))
}
