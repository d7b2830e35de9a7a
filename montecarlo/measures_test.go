package montecarlo

import (
	"math"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo/internal/programmes"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Every figure of every programme is on the list, with the kind and the
// breakdown that the list says, and nothing is on the list that no programme has.
func TestTheListOfMeasuresIsWhole(t *testing.T) {
	seen := map[string]bool{}
	check := func(r *Result, k Key, kind string) {
		m, err := MeasureOf(k.Name)
		require.NoError(t, err)
		seen[k.Name] = true
		require.Equal(t, kind, m.Kind, k.Name)
		if m.Unit == Units { // each metric has its own
			require.NotContains(t, []Unit{"", Units}, k.Unit, k.Name)
		} else {
			require.Equal(t, m.Unit, k.Unit, k.Name)
		}
		require.Equal(t, m.Arms, k.Arm != "", k.Name)
		if k.Of == "" {
			require.True(t, m.AllTogether, k.Name)
			return
		}
		require.True(t, ofOneOf(r, m.By, k.Of), "%s of %s", k.Name, k.Of)
	}
	limited := funded()
	limited.Affordability = []model.Affordable{{Commissioner: "North", Year: 2022, Amount: programmes.Pounds("1000")}}
	first := &limited.Facility.Investors[0]
	first.Terms, first.Guarantee = &model.Terms{CommitmentFee: model.Rate{Yearly: 0.01}}, &model.Guarantee{By: "North", Share: programmes.Pounds("0.5")}
	limited.Facility.Covenants = []model.Covenant{{Name: "drawn", DrawnAbove: decimal.NewNullDecimal(programmes.Pounds("1")), Then: model.StopDrawing}}
	limited.Contract.Fee = &contract.DeliveryFee{PerMonth: programmes.Pounds("10"), From: limited.Start, To: limited.Start.AddDays(99), Shares: map[string]decimal.Decimal{"North": programmes.Pounds("1")}}
	versions := []*scenario.Version{asVersion(limited)}
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		require.NoError(t, err)
		v, err := d.Version("")
		require.NoError(t, err)
		versions = append(versions, v)
	}
	for _, v := range versions {
		r, err := Run(t.Context(), v, Options{Seed: 1, Replications: 2})
		require.NoError(t, err)
		for _, s := range r.Totals {
			check(r, s.Key, kindTotal)
		}
		for _, p := range r.Probabilities {
			check(r, p.Key, kindChance)
		}
		for _, one := range r.Ranked {
			check(r, one.Key, kindRank)
		}
		for _, s := range r.Daily {
			check(r, s.Key, kindPath)
		}
		for _, s := range r.WhenPaid { // of totals and balances by year, and of what is known by year alone
			m, err := MeasureOf(s.Name)
			require.NoError(t, err)
			require.Contains(t, []string{kindPaid, kindTotal, kindPath}, m.Kind, s.Name)
			check(r, s.Key, m.Kind)
		}
	}
	for _, m := range Measures() {
		require.True(t, seen[m.Name], m.Name)
	}
}

// ofOneOf reports whether a name is of one of the breakdowns.
func ofOneOf(r *Result, by []string, name string) bool {
	p := r.Version.Programme
	names := map[string][]string{
		byCohort: r.Ledger.Shape.Cohorts, byCouncil: r.Ledger.Shape.Commissioners, byMetric: r.Ledger.Shape.Metrics,
		byPayer: r.Ledger.Payers, byState: r.Ledger.Shape.States,
	}
	names[byParty] = []string{"consortium"}
	if p.Facility != nil {
		for _, i := range p.Facility.Investors {
			names[byParty] = append(names[byParty], i.Name)
			if i.Provider {
				names[byParty] = append(names[byParty], i.Name+", whole position")
			}
			if i.Guarantee != nil {
				names[byParty] = append(names[byParty], i.Guarantee.By+", whole position")
			}
		}
	}
	if p.Facility != nil {
		for _, c := range p.Facility.Covenants {
			names[byCovenant] = append(names[byCovenant], c.Name)
		}
	}
	for _, tier := range p.RateTiers() {
		names[byTier] = append(names[byTier], tier.String())
	}
	for _, target := range p.SavingsTargets {
		names[byTarget] = append(names[byTarget], target.String())
	}
	for _, limit := range p.Affordability {
		names[byTarget] = append(names[byTarget], limit.String())
	}
	for _, b := range by {
		for _, one := range names[b] {
			if one == name {
				return true
			}
		}
	}
	return false
}

// What a measure says of itself is said in sentences, and its sum is one of
// measures that there are.
func TestMeasuresSpeakForThemselves(t *testing.T) {
	require.Equal(t, len(measureIndex), len(measures), "names are different")
	for _, m := range measures {
		for _, text := range []string{m.Plain, m.Rule} {
			require.True(t, strings.HasSuffix(text, "."), "%s: %q", m.Name, text)
			require.Equal(t, strings.ToUpper(text[:1]), text[:1], "%s: %q", m.Name, text)
		}
		require.LessOrEqual(t, len(strings.Fields(m.Plain)), 30, "%s: a councillor reads one short sentence", m.Name)
		require.NotEmpty(t, m.Where, m.Name)
		require.NotEmpty(t, m.Group, m.Name)
		require.False(t, m.MoreIsBetter && m.MoreIsWorse, m.Name)
		for _, term := range m.Sum {
			_, err := MeasureOf(term.Measure)
			require.NoError(t, err, m.Name)
		}
	}
	changed := Measures()
	changed[0].Name = "something else"
	require.Equal(t, Referred, measures[0].Name)
}

// The sum that a measure states gives its figure, in the central projection of
// every kind of whom it is of.
func TestSumsGiveTheirFigures(t *testing.T) {
	checked := map[string]bool{}
	for _, v := range []*scenario.Version{asVersion(funded()), asVersion(programmes.DN2(t, "high"))} {
		r, err := Central(v, contract.Constant)
		require.NoError(t, err)
		for _, total := range r.Totals {
			if total.Arm != "" {
				continue
			}
			e, err := r.Explain(total.Name, total.Of)
			require.NoError(t, err)
			require.Equal(t, total.Value, *e.Value)
			if len(e.Terms) == 0 {
				continue
			}
			checked[total.Name] = true
			require.InDelta(t, total.Value, *e.Sum, 1e-6*math.Max(1, math.Abs(*e.Sum)), total.Key)
		}
	}
	for _, m := range Measures() {
		require.Equal(t, len(m.Sum) > 0, checked[m.Name], m.Name)
	}
}

// The parts of a total that is the sum of its parts add up to it.
func TestPartsAddUpToTheirTotal(t *testing.T) {
	r, err := Central(asVersion(programmes.DN2(t, "high")), contract.Constant)
	require.NoError(t, err)
	for _, name := range []string{Referred, Started, PaidUnits, Claims, Payments, Avoided, AvoidedToEnd, Cashable} {
		e, err := r.Explain(name)
		require.NoError(t, err)
		require.NotEmpty(t, e.Parts, name)
		for _, by := range e.Parts {
			sum := 0.0
			for _, part := range by.Totals {
				sum += part.Value
			}
			require.InDelta(t, *e.Value, sum, 1e-6*math.Max(1, math.Abs(sum)), "%s by %s", name, by.By)
		}
	}
	e, err := r.Explain(NetSaving)
	require.NoError(t, err)
	require.Nil(t, e.Value)
	require.Empty(t, e.Terms, "a council's saving is of no one else")
	require.Len(t, e.Parts, 1)
	require.Len(t, e.Parts[0].Terms, len(e.Parts[0].Totals))
	for i, total := range e.Parts[0].Totals {
		one, err := r.Explain(NetSaving, total.Of)
		require.NoError(t, err)
		require.Equal(t, one.Terms, e.Parts[0].Terms[i])
		require.InDelta(t, total.Value, *one.Sum, 1e-6)
	}
	_, err = r.Explain("net savings")
	var unknown *scenario.NameError
	require.ErrorAs(t, err, &unknown)
	require.ErrorContains(t, err, `"net saving"`)
	_, err = r.Explain(NetSaving, "Derbyshire")
	require.ErrorAs(t, err, &unknown)
	require.ErrorContains(t, err, `"Derby"`)
}
