package report

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// screen is the first screen as its readers see it, line by line.
func screen(t *testing.T, c *montecarlo.Comparison, moreThan ...decimal.Decimal) []string {
	t.Helper()
	tables, err := FirstScreen(context.Background(), c, moreThan...)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, Write(&b, Terminal, Options{}, tables...))
	return strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
}

// Every programme of the library, in both prices, fits into 100 characters a line,
// never reads as certain what happened in all replications, and has no sign of a
// standard error.
func TestFirstScreenOfTheLibrary(t *testing.T) {
	inCash := 0
	for _, info := range scenario.List() {
		d, err := scenario.Open(info.Name)
		require.NoError(t, err)
		both := map[contract.Prices]*scenario.Document{contract.Constant: d}
		if inflated, err := d.Assuming(scenario.Set("inflation", "2%")); err == nil { // its price base is a financial year
			both[contract.Cash] = inflated
			inCash++
		}
		for prices, d := range both {
			var versions []*scenario.Version
			for _, name := range []string{"base", "low", "medium", "high"} {
				v, err := d.Version(name)
				require.NoError(t, err)
				versions = append(versions, v)
			}
			c, err := montecarlo.Compare(context.Background(), versions, "", montecarlo.Options{Seed: 1, Replications: 20, Prices: prices, TotalsOnly: true})
			require.NoError(t, err)
			lines := screen(t, c)
			require.Less(t, len(lines), 70, info.Name) // of so few replications there are more warnings of harm
			for _, line := range slices.Concat(lines, screen(t, c, decimal.NewFromInt(50_000))) {
				require.LessOrEqual(t, words.Width(line), 100, "%s: %s", info.Name, line)
				require.NotContains(t, line, "±")
				if !strings.Contains(line, "Caution") && !strings.Contains(line, "Not in") {
					require.NotRegexp(t, `(^|\s)100%`, line, info.Name)
				}
			}
		}
	}
	require.GreaterOrEqual(t, inCash, 5)
}

// rowOf is the row of a label and the range below it.
func rowOf(t *testing.T, table Table, label string) (row, below Row) {
	t.Helper()
	i := slices.IndexFunc(table.Rows, func(r Row) bool { return r.cell(0).Text == label })
	require.GreaterOrEqual(t, i, 0, label)
	return table.Rows[i], table.Rows[min(i+1, len(table.Rows)-1)]
}

// Figures of the screen are those of the results, to three figures, and those of all
// councils together are what is left for all with what the fund pays added back, in
// every replication.
func TestFirstScreenHasTheFiguresOfTheResults(t *testing.T) {
	c := compareDN2(t, "base", "medium")
	tables, err := FirstScreen(context.Background(), c)
	require.NoError(t, err)
	for label, name := range map[string]string{
		"Paid in all": montecarlo.Payments, "Gross avoided cost": montecarlo.Avoided, "of that, cash": montecarlo.Cashable,
		"Left after payments": montecarlo.NetPublic, "in cash alone": montecarlo.NetCashable, "Modelled to Sep 2024": montecarlo.PaymentsToDate,
		"by Life Chances Fund": montecarlo.Payments + "/Life Chances Fund",
	} {
		row, below := rowOf(t, tables[0], label)
		for i, r := range c.Results {
			name, of, _ := strings.Cut(name, "/")
			s, ok := r.Totals.Of(name, of)
			require.True(t, ok)
			text, _ := words.ThreeFigures(s.Mean)
			low, _ := words.ThreeFigures(s.Quantiles[0].Value)
			high, _ := words.ThreeFigures(s.Quantiles[len(s.Quantiles)-1].Value)
			require.Equal(t, text, row.cell(i+1).Text)
			require.InDelta(t, s.Mean, *row.cell(i + 1).Value, 0.005)
			require.Equal(t, low+" to "+high, below.cell(i+1).Text)
		}
	}
	row, below := rowOf(t, tables[0], "by the councils")
	for i, r := range c.Results {
		all, fund := r.Values(montecarlo.Payments), r.Values(montecarlo.Payments, "Life Chances Fund")
		sum := 0.0
		for k := range all {
			all[k] -= fund[k]
			sum += all[k]
		}
		slices.Sort(all)
		require.InDelta(t, sum/50, *row.cell(i + 1).Value, 0.01)
		require.InDelta(t, all[2], *below.cell(i + 1).Low, 0.01)   // 5% of 50 is 2.5: the third
		require.InDelta(t, all[47], *below.cell(i + 1).High, 0.01) // 95% is 47.5: the forty-eighth
	}
	require.Equal(t, "base: fitted to what has been paid", tables[0].Columns[1].Heading)
	require.Equal(t, "medium", tables[0].Columns[2].Heading)
	paid, _ := rowOf(t, tables[0], "paid in fact")
	require.Equal(t, "£4.10m", paid.cell(1).Text)                  // £4,102,992
	require.Equal(t, string(model.Published), paid.cell(1).Status) // and not modelled
}

// How likely all councils together are to save more than an amount is counted over
// replications, of what is left for all with what the fund pays added back.
func TestLikelyToSave(t *testing.T) {
	c := compareDN2(t, "base")
	r := c.Results[0]
	net, _ := r.Totals.Of(montecarlo.NetPublic)
	table := likelyToSave(r, []decimal.Decimal{decimal.Zero, decimal.NewFromInt(4_000_000)})
	public, councils := r.Values(montecarlo.NetPublic, "", "", net.Pairing), r.Values(montecarlo.NetPublic, "", "", net.Pairing)
	for i, paid := range r.Values(montecarlo.Payments, "Life Chances Fund") {
		councils[i] += paid
	}
	for label, values := range map[string][]float64{
		"All together, after all payments, all care avoided": public, "The councils, after their own payments, all care avoided": councils,
	} {
		row, _ := rowOf(t, table, label)
		for k, amount := range []float64{0, 4_000_000} {
			above := 0
			for _, v := range values {
				if v > amount {
					above++
				}
			}
			require.Equal(t, float64(above)/50, *row.cell(k + 1).Value)
		}
	}
	// The fund stands between the two.
	require.Contains(t, labelsOf(table)[2], "(between the two, Life Chances Fund pays £")
	each := likelyToSaveEach(c.Results, decimal.Zero)
	require.Equal(t, []string{
		"All together, after all payments, all care avoided", "  in cash", "(between all and each, Life Chances Fund pays on average)",
		"Nottinghamshire, after its own payments, all care avoided", "  in cash", "Nottingham, after its own payments, all care avoided", "  in cash",
		"Derby, after its own payments, all care avoided", "  in cash",
	}, labelsOf(each))
	own, _ := r.Probabilities.Of(montecarlo.OwnSaves, "Derby")
	require.Equal(t, own.Probability, *each.Rows[7].cell(1).Value)
}

func TestRoundBelow(t *testing.T) {
	for high, want := range map[float64][]string{
		9_740_000: {"2000000", "5000000"},
		5_000_000: {"1000000", "2000000"}, // below, and not at it
		1_000_001: {"500000", "1000000"},
		10:        {"2", "5"},
		9.99:      nil,
		-5:        nil,
	} {
		var got []string
		for _, a := range roundBelow(high) {
			got = append(got, a.String())
		}
		require.Equal(t, want, got, high)
	}
}

func TestFirstSentence(t *testing.T) {
	for text, want := range map[string]string{
		"No price is published. It is ours.":            "No price is published.",
		"The base case avoids £4.2m. of care (two).":    "The base case avoids £4.2m. of care (two).",
		"One sentence alone.":                           "One sentence alone.",
		"Fitted to 0.1%, cf. the file. What follows is": "Fitted to 0.1%, cf. the file.",
		"": "",
	} {
		require.Equal(t, want, firstSentence(text))
	}
}

// What a figure rests on is said in three words for three sizes, with the direction.
func TestGoesWith(t *testing.T) {
	of := func(path string, rho float64, multiplies ...model.Path) montecarlo.Influence {
		return montecarlo.Influence{Input: model.Uncertain{Path: model.Path(path), Multiplies: multiplies}, RankCorrelation: rho, StdErr: 0.01}
	}
	require.Equal(t, "mostly with all failure rates together (the higher, the less is saved) and somewhat with the weekly cost of residential (the higher, the more is saved)",
		goesWith([]montecarlo.Influence{of("uncertain.all failure rates together.factor", -0.6, "cohorts.A.failure.hazard"), of("unit costs.residential", 0.4), of("cohorts.A.lag", 0.3)}))
	require.Equal(t, "somewhat with which alternative for tariffs holds and all children (the more, the more is saved)",
		goesWith([]montecarlo.Influence{of("alternatives.tariffs", -0.45), of("uncertain.all children.factor", 0.2, "cohorts.A.referrals.children")}))
	require.Equal(t, "hardly with any one of its 2 uncertain inputs",
		goesWith([]montecarlo.Influence{of("unit costs.foster", 0.19), of("cohorts.A.lag", 0.1)}))
	lead := func(to string, rho float64) montecarlo.Influence {
		one := of("cohorts.A.failure.to."+to, rho)
		one.Input.Shares = "cohorts.A.failure.to"
		return one
	}
	require.Equal(t, "mostly with the share of failures in A that lead to residential (the higher, the less is saved) and somewhat with the weekly cost of foster (the higher, the more is saved)",
		goesWith([]montecarlo.Influence{lead("residential", -0.6), lead("foster", 0.6), of("unit costs.foster", 0.4)}))
	few := of("unit costs.foster", 0.4)
	few.StdErr = 0.14 // of 50 replications: 0.4 may be chance
	require.Equal(t, "hardly with its uncertain input", goesWith([]montecarlo.Influence{few}))
	for path, want := range map[string]string{
		"cohorts.A.background.foster.residential": "the rate of moves in A from foster to residential without the programme",
		"cohorts.A.failure.hazard":                "the failure rate of A",
		"cohorts.A.failure.to.foster":             "the share of failures in A that lead to foster",
		"metrics.M1.tariff.amount":                "the tariff of M1",
		"delivery.scale":                          "delivery, scale",
	} {
		require.Equal(t, want, inputname.Of(model.Uncertain{Path: model.Path(path)}))
	}
}

// Where inputs are drawn the ranges say so, and the fitted case says that its ranges
// are no forecast.
func TestFirstScreenOverRates(t *testing.T) {
	d, err := scenario.Open("dn2")
	require.NoError(t, err)
	v, err := d.Version("base")
	require.NoError(t, err)
	c, err := montecarlo.Compare(context.Background(), []*scenario.Version{v}, "", montecarlo.Options{Seed: 1, Replications: 20, FixedRates: true})
	require.NoError(t, err)
	text := strings.Join(screen(t, c), "\n")
	require.Contains(t, text, "at these rates")
	require.NotContains(t, text, "90% range over chance")
	require.Contains(t, text, "Not in the ranges: How well the rates are known")
	drawn := *c.Results[0]
	drawn.Conventions.Uncertain = 38
	c.Results[0] = &drawn
	text = strings.Join(screen(t, c), "\n")
	require.Contains(t, text, "90% range over chance")
	require.NotContains(t, text, "at these rates")
	require.Contains(t, text, "The case base is fitted to what has been paid, but its ranges do not use that")
}

func TestFirstScreenOfNothing(t *testing.T) {
	_, err := FirstScreen(context.Background(), nil)
	require.ErrorContains(t, err, "montecarlo.Compare")
}
