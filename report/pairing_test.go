package report

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// paired is a run with a net public saving in two pairings.
func paired(others ...string) *montecarlo.Result {
	quantiles := func(low, high float64) montecarlo.Distribution {
		return montecarlo.Distribution{SD: new(1.0), Quantiles: []montecarlo.Quantile{{P: 0.05, Value: low}, {P: 0.95, Value: high}}}
	}
	common := quantiles(1_500_000, 6_000_000)
	r := &montecarlo.Result{
		Totals: montecarlo.List[montecarlo.Summary]{{
			Key: montecarlo.Key{Name: montecarlo.NetPublic, Unit: montecarlo.Pounds}, Pairing: "independent lives",
			Distribution: quantiles(700_000, 6_700_000), OtherPairing: &common,
		}},
		Probabilities: montecarlo.List[montecarlo.ProbabilityOf]{{
			Key:     montecarlo.Key{Name: montecarlo.Saves, Unit: montecarlo.Probability},
			Pairing: "independent lives", Probability: 0.94,
			OtherPairing: &montecarlo.ProbabilityOf{Pairing: "common random numbers", Probability: 0.991},
		}},
	}
	for _, name := range others {
		r.Totals = append(r.Totals, montecarlo.Summary{Key: montecarlo.Key{Name: name}, Pairing: "common random numbers"})
	}
	return r
}

func TestPairingNoteSaysWhichIsWiderAndWhatTheOtherGives(t *testing.T) {
	require.Equal(t, "from independent lives, like those of 0 of 2 other totals that contain avoided cost. "+
		"Common random numbers give £1.50m to £6.00m, and a probability of 99.1% that it is above £0.", pairingNote(paired(montecarlo.Avoided, montecarlo.Cashable)))
	require.Empty(t, pairingNote(new(montecarlo.Result)))
}

// The columns of detail, and those of a spreadsheet, have the pairing and what the
// other gives, for figures that contain avoided cost and for no other.
func TestTablesHaveBothPairings(t *testing.T) {
	r := compareDN2(t, "base").Results[0]
	tables := Run(r)
	net, _ := r.Totals.Of(montecarlo.NetPublic)
	cells := cellsOf(t, tables[0], "Net public saving", 0)
	require.Equal(t, net.Pairing, cells[len(cells)-2].Text)
	require.Equal(t, net.OtherPairing.Quantiles[0].Value, *cells[len(cells)-1].Low)
	require.Equal(t, net.OtherPairing.Quantiles[4].Value, *cells[len(cells)-1].High)
	cells = cellsOf(t, tables[0], "Outcome payments", 0)
	require.Empty(t, cells[len(cells)-2].Text)
	saves, _ := r.Probabilities.Of(montecarlo.Saves)
	cells = cellsOf(t, tables[1], "Net public saving above zero", 0)
	require.Equal(t, saves.OtherPairing.Probability, *cells[len(cells)-1].Value)

	sheet := tables[len(tables)-1]
	column := map[string]int{}
	for i, heading := range sheet.headings() {
		column[heading] = i
	}
	found := 0
	for _, row := range sheet.Rows {
		at := func(heading string) string { return row.Cells[column[heading]].Text }
		if at("of") != "" || at("period") != "" {
			continue
		}
		switch at("measure") {
		case montecarlo.NetPublic:
			require.Equal(t, net.Pairing, at("range_pairing"))
			require.Equal(t, bare(net.OtherPairing.Quantiles[0].Value), at("quantile_5_in_other_pairing"))
			require.Equal(t, bare(*net.OtherPairing.SD), at("standard_deviation_in_other_pairing"))
		case montecarlo.Saves:
			require.Equal(t, strconv.FormatFloat(saves.OtherPairing.Probability, 'f', -1, 64), at("mean_in_other_pairing"))
		case montecarlo.Payments:
			require.Empty(t, at("range_pairing"))
			require.Empty(t, at("quantile_95_in_other_pairing"))
		default:
			continue
		}
		found++
	}
	require.Equal(t, 3, found)
}
