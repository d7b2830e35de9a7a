package montecarlo

import (
	"context"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// quote is a figure that a programme file of the library quotes from the model in
// a note or a caution.
type quote struct {
	programme, version string
	quoted             string // as the file has it, after white space is made one space each
	as                 func(*Result) string
}

// Figures that the files of the library quote are what the model gives today.
func TestFiguresQuotedInTheLibrary(t *testing.T) {
	results := map[string]*Result{}
	quoted := map[string][]string{}
	for _, q := range quotes() {
		key := q.programme + "/" + q.version
		if results[key] == nil {
			d, err := scenario.Open(q.programme)
			require.NoError(t, err)
			v, err := d.Version(q.version)
			require.NoError(t, err)
			results[key], err = Run(context.Background(), v, Options{Seed: 1, Replications: 2})
			require.NoError(t, err)
		}
		figure := q.as(results[key])
		require.Contains(t, q.quoted, figure, "%s: the model gives %s", key, figure)
		require.Contains(t, libraryText(t, q.programme), q.quoted, key)
		quoted[q.programme] = append(quoted[q.programme], q.quoted)
	}
	expected := regexp.MustCompile(`£[\d,.]+\dm?( is expected|, \d+% of (the|plan))`)
	for _, programme := range scenario.List() {
		programme := programme.Name
		for _, found := range expected.FindAllString(libraryText(t, programme), -1) {
			require.True(t, strings.Contains(strings.Join(quoted[programme], "\n"), found), "%s: %q is not checked", programme, found)
		}
	}
}

// libraryText is a programme file as one line.
func libraryText(t *testing.T, programme string) string {
	t.Helper()
	file, err := scenario.Library().Open(programme + ".yaml")
	require.NoError(t, err)
	text, err := io.ReadAll(file)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	return strings.Join(strings.Fields(string(text)), " ")
}

// central is the central projection of a total.
func central(r *Result, name, of string) float64 {
	total, ok := r.Totals.Of(name, of)
	if !ok {
		return math.NaN()
	}
	return total.Central
}

// pounds, millions and share are the ways in which files quote an amount.
func pounds(name string) func(*Result) string {
	return func(r *Result) string { return "£" + grouped(central(r, name, "")) }
}

func millions(name string, decimals int) func(*Result) string {
	return func(r *Result) string { return fmt.Sprintf("£%.*fm", decimals, math.Abs(central(r, name, ""))/1e6) }
}

// share is claims as a share of an amount.
func share(of float64) func(*Result) string {
	return func(r *Result) string { return fmt.Sprintf("%.0f%%", 100*central(r, Claims, "")/of) }
}

func grouped(v float64) string {
	digits := fmt.Sprintf("%.0f", math.Round(v))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// deadweight is that of a cohort, as a percentage.
func deadweight(cohort string) func(*Result) string {
	return func(r *Result) string {
		for _, d := range r.Expectation.Deadweight {
			if d.Cohort == cohort {
				return fmt.Sprintf("%.0f%%", 100*d.Share)
			}
		}
		return "no deadweight of " + cohort
	}
}

// overpaid is by how much the payments up to one of the first quarters differ from
// those that were made by then.
func overpaid(quarters int) func(*Result) string {
	return func(r *Result) string {
		made, actual := 0.0, 0.0
		series, _ := r.Quarterly.Of(Payments)
		last := r.Version.Programme.Published.Actual[quarters-1].Quarter
		for i, q := range r.Ledger.Shape.Quarters {
			if q <= last {
				made += series.Central[i]
			}
		}
		for _, a := range r.Version.Programme.Published.Actual[:quarters] {
			actual += a.Amount.InexactFloat64()
		}
		return fmt.Sprintf("%.0f%%", 100*math.Abs(made/actual-1))
	}
}

func quotes() []quote {
	early := func(r *Result) string { return fmt.Sprintf("%.1f", central(r, ReferredEarly, "")) }
	start, essex := "base + edge of care counterfactual as in START", "base + edge of care counterfactual as in Essex"
	return []quote{
		{"dn2", "base", "53.4 children are expected in the first year", early},
		{"dn2", "base", "With foster stability a quarter later, 53.4 are expected", early},
		{"dn2", "base", "Payments to Q4 2020/21 come to 18% less", overpaid(1)},
		{"dn2", "base", "to Q1 2021/22 to 34% more", overpaid(2)},
		{"dn2", "base", "to Q2 2021/22 to 28% more", overpaid(3)},
		{"dn2", "base", "the base case avoids £9.0m of the cost of care", millions(Avoided, 1)},
		{"dn2", "base + failed placements lead to residential care", "£4.2m if every failure leads to residential care", millions(Avoided, 1)},
		{"dn2", "base + failed placements lead to foster care", "£14.9m if every failure leads to foster care", millions(Avoided, 1)},
		{"dn2", essex, "the base case is 64% under the first", deadweight("edge of care")},
		{"dn2", start, "112% under the second", deadweight("edge of care")},
		{"dn2-2018", "base", "£7,321,089 is expected, 63% of the commitments", pounds(Claims)},
		{"dn2-2018", "base", "£7,321,089 is expected, 63% of the commitments", share(11638682)},
		{"dn2-2018", "low", "£4,486,219 is expected, 39% of the commitments", pounds(Claims)},
		{"dn2-2018", "low", "£4,486,219 is expected, 39% of the commitments", share(11638682)},
		{"dn2-2018", "medium", "£8,624,576 is expected, 74% of the commitments", pounds(Claims)},
		{"dn2-2018", "medium", "£8,624,576 is expected, 74% of the commitments", share(11638682)},
		{"dn2-2018", "high", "£11,617,826 is expected before the cap", pounds(Claims)},
		{"birmingham-step-down", "base", "£599,560 is expected", pounds(Claims)},
		{"birmingham-step-down", "low", "£133,475 is expected", pounds(Claims)},
		{"birmingham-step-down", "medium", "£929,656 is expected", pounds(Claims)},
		{"birmingham-step-down", "high", "£2,172,114 is expected", pounds(Claims)},
		{"cheshire-west", "base", "£963,624 is claimed", pounds(Claims)},
		{"cheshire-west", "low", "£234,506 is expected, 6% of plan 1", pounds(Claims)},
		{"cheshire-west", "low", "£234,506 is expected, 6% of plan 1", share(4180000)},
		{"cheshire-west", "medium", "£1,779,624 is expected, 43% of plan 1", pounds(Claims)},
		{"cheshire-west", "medium", "£1,779,624 is expected, 43% of plan 1", share(4180000)},
		{"cheshire-west", "high", "£4,159,422 is expected before the cap", pounds(Claims)},
		{"essex-mst", "base", "£10.2m would be due", millions(Claims, 1)},
		{"essex-mst", "low", "£1,103,421 is expected", pounds(Claims)},
		{"essex-mst", "medium", "£6,380,738 is expected, 94% of the £6.8m", pounds(Claims)},
		{"essex-mst", "medium", "£6,380,738 is expected, 94% of the £6.8m", share(6800000)},
		{"essex-mst", "medium", "avoided cost is £18.0m", millions(Avoided, 1)},
		{"essex-mst", "high", "£7,145,668 is expected before it", pounds(Claims)},
		{"lancashire", "base", "£5,470,135 is expected", pounds(Claims)},
		{"lancashire", "low", "£2,410,605 is expected", pounds(Claims)},
		{"lancashire", "medium", "£7,175,049 is expected", pounds(Claims)},
		{"lancashire", "high", "£10,376,187 is expected", pounds(Claims)},
		{"manchester", "base", "£1,927,978 is expected", pounds(Claims)},
		{"manchester", "low", "£628,082 is expected", pounds(Claims)},
		{"manchester", "medium", "£3,995,481 is expected", pounds(Claims)},
		{"manchester", "high", "£10,581,868 is expected, and a net saving of £4.8m", pounds(Claims)},
		{"manchester", "high", "£10,581,868 is expected, and a net saving of £4.8m", millions(NetPublic, 1)},
		{"norfolk", "base", "come to £8,616,508, 0.1% below", pounds(PaymentsToDate)},
		{"norfolk", "base", "runs on to £14.9m by 2029", millions(Payments, 1)},
		{"norfolk", "low", "comes to £3.32m, 35% of plan 1", millions(Payments, 2)},
		{"norfolk", "low", "comes to £3.32m, 35% of plan 1", share(9413857)},
		{"norfolk", "medium", "comes to £6.48m, 69% of plan 1", millions(Payments, 2)},
		{"norfolk", "medium", "comes to £6.48m, 69% of plan 1", share(9413857)},
		{"norfolk", "high", "comes to £9,396,418, 0.2% below", pounds(Payments)},
		{"norfolk", "high", "£8.5m by September 2024", millions(PaymentsToDate, 1)},
		{"norfolk", start, "base case would save £7.0m less than it costs", millions(NetPublic, 1)},
		{"positive-families", "base", "£7,802,611 is expected, 78% of the maximum", pounds(Claims)},
		{"positive-families", "base", "£7,802,611 is expected, 78% of the maximum", share(10000000)},
		{"positive-families", "low", "£3,307,912 is expected", pounds(Claims)},
		{"positive-families", "medium", "£7,153,267 is expected", pounds(Claims)},
		{"positive-families", "high", "£9,255,820 is expected, 93% of the", pounds(Claims)},
		{"positive-families", "high", "£9,255,820 is expected, 93% of the", share(10000000)},
		{"pyramid", "base", "£1,066,705 is expected to September 2024", pounds(Claims)},
		{"pyramid", "low", "£432,453 is expected, 3% of plan 1", pounds(Claims)},
		{"pyramid", "low", "£432,453 is expected, 3% of plan 1", share(14441764)},
		{"pyramid", "medium", "£4,249,875 is expected, 29% of plan 1", pounds(Claims)},
		{"pyramid", "medium", "£4,249,875 is expected, 29% of plan 1", share(14441764)},
		{"pyramid", "high", "£14,439,507 is expected before the cap", pounds(Claims)},
		{"staffordshire-ifss", "base", "come to £4,643,543, 1.9% below", pounds(PaymentsToDate)},
		{"staffordshire-ifss", "low", "it comes to £2.84m, 50% of plan 1", millions(Payments, 2)},
		{"staffordshire-ifss", "medium", "It comes to £4.85m, 86% of plan 1", millions(Payments, 2)},
		{"staffordshire-ifss", "high + {contract cap=none}", "Without the cap it comes to £5,685,832", pounds(Payments)},
		{"suffolk", "base", "come to £4,040,021, 3.3% below", pounds(PaymentsToDate)},
		{"suffolk", "base", "ends at £5.24m in January 2026", millions(Payments, 2)},
		{"suffolk", "low", "comes to £1.27m, 20% of plan 1", millions(Payments, 2)},
		{"suffolk", "low", "comes to £1.27m, 20% of plan 1", share(6416385)},
		{"suffolk", "medium", "comes to £3.53m, 55% of plan 1", millions(Payments, 2)},
		{"suffolk", "medium", "comes to £3.53m, 55% of plan 1", share(6416385)},
		{"suffolk", "high", "comes to £6,403,316, 0.2% below", pounds(Payments)},
		{"suffolk", "high", "By March 2024 it has £3.8m", millions(PaymentsToDate, 1)},
		{"suffolk", start, "base case would save £3.1m less than it costs", millions(NetPublic, 1)},
	}
}

// A mean after a cap is quoted as simulated.
func TestMeansQuotedInTheLibrary(t *testing.T) {
	for _, c := range []struct {
		programme, quoted string
		mean, rounding    float64
		fixed             bool
	}{
		{"cheshire-west", "the mean after it is about £3.84m at these rates", 3.84e6, 0.005e6, true},
		{"cheshire-west", "about £3.74m over what is not known", 3.74e6, 0.005e6, false},
		{"pyramid", "the mean after it is about £13.8m at these rates", 13.8e6, 0.05e6, true},
		{"pyramid", "about £13.15m over what is not known", 13.15e6, 0.005e6, false},
	} {
		d, err := scenario.Open(c.programme)
		require.NoError(t, err)
		v, err := d.Version("high")
		require.NoError(t, err)
		r, err := Run(context.Background(), v, Options{Seed: 1, Replications: 3000, TotalsOnly: true, FixedRates: c.fixed})
		require.NoError(t, err)
		paid, _ := r.Totals.Of(Payments)
		require.InDelta(t, c.mean, paid.Mean, c.rounding+3**paid.StdErr, c.programme)
		require.Contains(t, libraryText(t, c.programme), c.quoted)
	}
}
