package markov_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/markov"
)

// The HIV model of Chancellor, Hill, Sabin, Simpson and Youle, Modelling the
// cost effectiveness of lamivudine/zidovudine combination therapy in HIV
// infection, PharmacoEconomics 1997;12:54–66, as worked in Briggs, Claxton and
// Sculpher, Decision Modelling for Health Economic Evaluation, Oxford
// University Press 2006, example 2.5.

const (
	zidovudine = 2278
	lamivudine = 2086.50 // 2087 in some accounts, which adds £1 to the combination arm
)

// effect multiplies every probability of getting worse in the first two years.
func hiv(effect float64) markov.Model {
	worse := func(total float64, counts map[string]float64) markov.Row {
		treated := markov.Piece{Since: markov.Span{To: 2}}
		untreated := markov.Piece{Since: markov.Span{From: 2}}
		for to, n := range counts {
			treated.Moves = append(treated.Moves, markov.Move{To: to, Probability: effect * n / total})
			untreated.Moves = append(untreated.Moves, markov.Move{To: to, Probability: n / total})
		}
		return markov.Row{treated, untreated}
	}
	return markov.Model{
		States: []string{"A", "B", "C", "death"},
		Rows: map[string]markov.Row{
			"A": worse(1734, map[string]float64{"B": 350, "C": 116, "death": 17}),
			"B": worse(1258, map[string]float64{"C": 512, "death": 15}),
			"C": worse(1749, map[string]float64{"death": 437}),
		},
		Start:         map[string]float64{"A": 1},
		Cycles:        20,
		CyclesPerYear: 1,
	}
}

var (
	hivCare = markov.Value{PerCycle: map[string]float64{
		"A": 1701 + 1055 + zidovudine, "B": 1774 + 1278 + zidovudine, "C": 6948 + 2059 + zidovudine,
	}}
	hivLamivudine = markov.Value{
		PerCycle: map[string]float64{"A": lamivudine, "B": lamivudine, "C": lamivudine},
		Since:    markov.Span{To: 2},
	}
	lifeYears = markov.Value{PerCycle: map[string]float64{"A": 1, "B": 1, "C": 1}}
)

func trace(t require.TestingT, m markov.Model) *markov.Trace {
	tr, err := m.Trace()
	require.NoError(t, err)
	return tr
}

func amount(t require.TestingT, tr *markov.Trace, v markov.Value, c markov.Convention) float64 {
	total, err := tr.Total(v, c)
	require.NoError(t, err)
	require.Equal(t, c, total.Convention)
	return total.Amount
}

func TestPublishedHIVModel(t *testing.T) {
	costs := markov.Convention{Counting: markov.CountAtEnd, Discount: markov.AnnualEffective(0.06)}
	years := markov.Convention{Counting: markov.CountAtEnd}
	mono, comb := trace(t, hiv(1)), trace(t, hiv(0.509))

	costMono := amount(t, mono, hivCare, costs)
	costComb := amount(t, comb, hivCare, costs) + amount(t, comb, hivLamivudine, costs)
	yearsMono, yearsComb := amount(t, mono, lifeYears, years), amount(t, comb, lifeYears, years)

	// The spreadsheet that accompanies the book, to the last digit at which
	// the R package heemod (test_dmhee.R) quotes it.
	require.InDelta(t, 44663.4535637, costMono, 1e-7)
	require.InDelta(t, 50601.6513312, costComb, 1e-7)
	require.InDelta(t, 7.9912066, yearsMono, 5e-8)
	require.InDelta(t, 8.9373889, yearsComb, 5e-8)
	require.InDelta(t, 6275.95560, (costComb-costMono)/(yearsComb-yearsMono), 5e-6)

	// The book prints £44,663, £50,602, 8.937 and £6,276 per life year, which
	// are these rounded. Its 7.996 for monotherapy adds up a table that is
	// already rounded; its spreadsheet gives 7.991.
	require.InDelta(t, 7.996, yearsMono, 0.005)
}

// With the three-decimal probabilities that the book prints, the totals miss
// the published ones by £50: the counts are what the authors used.
func TestRoundedProbabilitiesMissThePublishedTotal(t *testing.T) {
	m := hiv(1)
	m.Rows = map[string]markov.Row{
		"A": {{Moves: []markov.Move{{To: "B", Probability: .202}, {To: "C", Probability: .067}, {To: "death", Probability: .010}}}},
		"B": {{Moves: []markov.Move{{To: "C", Probability: .407}, {To: "death", Probability: .012}}}},
		"C": {{Moves: []markov.Move{{To: "death", Probability: .250}}}},
	}
	got := amount(t, trace(t, m), hivCare, markov.Convention{Discount: markov.AnnualEffective(0.06)})
	require.InDelta(t, 44613.85, got, 0.005)
}

// The same model under other conventions. £44,663, £44,231 and £45,724 are
// what different packages print for it; here each is one convention, and says
// so.
func TestConventionsMoveThePublishedTotal(t *testing.T) {
	effective, continuous := markov.AnnualEffective(0.06), markov.Continuous(0.06)
	for _, c := range []struct {
		convention markov.Convention
		says       string
		pounds     float64
		plain      float64 // without discount
		lifeYears  float64
	}{
		{markov.Convention{Counting: markov.CountAtEnd, Discount: effective}, "counted at the end of each cycle; 6% a year, effective", 44663.45, 63745.21, 7.991207},
		{markov.Convention{Counting: markov.CountAtEnd, Discount: continuous}, "counted at the end of each cycle; 6% a year, continuous", 44230.99, 63745.21, 7.991207},
		{markov.Convention{Counting: markov.HalfCycle, Discount: effective}, "half-cycle correction: the mean of the states at each cycle's start and end, dated at its end; 6% a year, effective", 45724.36, 66093.71, 8.475325},
		{markov.Convention{Counting: markov.CountAtStart, Discount: effective}, "counted at the start of each cycle; 6% a year, effective", 49592.38, 68442.21, 8.959443},
		{markov.Convention{Counting: markov.CountAtEnd}, "counted at the end of each cycle; no discount", 63745.21, 63745.21, 7.991207},
	} {
		t.Run(c.says, func(t *testing.T) {
			tr := trace(t, hiv(1))
			total, err := tr.Total(hivCare, c.convention)
			require.NoError(t, err)
			require.InDelta(t, c.pounds, total.Amount, 0.005)
			require.InDelta(t, c.plain, total.Undiscounted, 0.005)
			require.Equal(t, c.says, total.Convention.String())
			require.InDelta(t, c.lifeYears, amount(t, tr, lifeYears, markov.Convention{Counting: c.convention.Counting}), 5e-7)
		})
	}
}
