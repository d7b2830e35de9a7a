package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// runsWith are runs of cases, each with a fingerprint, a check and warnings.
func runsWith(cases ...montecarlo.Result) []labelled {
	var all []*montecarlo.Result
	for i, name := range []string{"low", "medium", "high"}[:len(cases)] {
		cases[i].Version = &scenario.Version{Programme: &model.Programme{}, Case: name}
		all = append(all, &cases[i])
	}
	return byVersion(all...)
}

// A warning of several cases stands once, with the cases that have it.
func TestWarningsStandOnce(t *testing.T) {
	warned := func(texts ...string) (r montecarlo.Result) {
		for _, text := range texts {
			r.Warnings = append(r.Warnings, montecarlo.Warning{Text: text})
		}
		return r
	}
	require.Equal(t, []string{
		"Warning (low, medium and high): all",
		"Warning (low): one",
		"Warning (medium and high): two",
	}, dropStops(warnings(runsWith(warned("all", "one"), warned("two", "all"), warned("all", "two")))))
	alone := runsWith(warned("all"))
	alone[0].label = ""
	require.Equal(t, []string{"Warning: all"}, dropStops(warnings(alone)))
	require.Empty(t, warnings(runsWith(warned())))
}

// One slip that comes to another amount in each case stands once, with the largest.
func TestWarningsOfOneSettingStandOnce(t *testing.T) {
	end := func(amount float64, text string) montecarlo.Result {
		return montecarlo.Result{Warnings: []montecarlo.Warning{{Kind: "after the end", Path: "end", Amount: amount, Text: text}}}
	}
	require.Equal(t, []string{"Warning (low and medium; the figures are those of medium): £2 of payments fall after the end."},
		warnings(runsWith(end(1, "£1 of payments fall after the end"), end(2, "£2 of payments fall after the end"))))
}

func dropStops(notes []string) []string {
	for i := range notes {
		notes[i] = strings.TrimSuffix(notes[i], ".")
	}
	return notes
}

// Every run of a page can be told by its fingerprint.
func TestFingerprints(t *testing.T) {
	of := func(prints ...string) string {
		var all []montecarlo.Result
		for _, one := range prints {
			all = append(all, montecarlo.Result{Conventions: montecarlo.Conventions{Fingerprint: one}})
		}
		return fingerprints(runsWith(all...))
	}
	require.Equal(t, "programme a1", of("a1"))
	require.Equal(t, "programmes a1 (low), b2 (medium) and c3 (high)", of("a1", "b2", "c3"))
	require.Equal(t, "programmes a1 (low and high) and b2 (medium)", of("a1", "b2", "a1"))
	require.Equal(t, "programme a1", of("a1", "a1"))
}

// The check of a page is the worst of its runs.
func TestCheckNote(t *testing.T) {
	checked := func(errors float64, compared int) montecarlo.Result {
		return montecarlo.Result{Check: montecarlo.Check{Errors: errors, Compared: compared}}
	}
	require.Contains(t, checkNote(runsWith(checked(1.6, 40), checked(3.44, 68), checked(2.7, 50))),
		"Check: simulated means are at most 3.4 standard errors from the exact ones, over 68 figures of a run.")
}

// Offers are told apart in what is said of all, and what is the same of all is
// said once.
func TestNotesOfOffers(t *testing.T) {
	c := compareDN2(t, "low", "high")
	other := compareDN2(t, "low + referrals down 20%", "high + referrals down 20%")
	names := []string{"low", "high"}
	tables, err := Bids([]Offer{{"a", names, c.Results}, {"b", names, other.Results}})
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, note := range tables[0].Notes {
		beginning, _, _ := strings.Cut(note, ":")
		require.False(t, seen[note], note)
		if beginning != "Caution" && !strings.HasPrefix(beginning, "Warning") {
			require.False(t, seen[beginning], beginning)
		}
		seen[note], seen[beginning] = true, true
	}
	text := strings.Join(tables[0].Notes, " ")
	for _, offer := range []struct {
		label string
		r     *montecarlo.Result
	}{{"a, low", c.Results[0]}, {"a, high", c.Results[1]}, {"b, low", other.Results[0]}, {"b, high", other.Results[1]}} {
		require.Contains(t, text, offer.r.Conventions.Fingerprint+" ("+offer.label+")")
		for _, w := range offer.r.Warnings {
			if w.Path == "" { // others are told with the largest amount alone
				require.Contains(t, text, w.Text)
			}
		}
	}
}

// Nobody waits for a claim that is paid at once.
func TestWhenClaimsArePaid(t *testing.T) {
	require.Contains(t, paidAfter(45), "paid 45 days after it, so that one for January to March can be paid in the next year")
	require.Contains(t, paidAfter(1), "paid 1 day after it")
	require.NotContains(t, paidAfter(0), "next year")
	require.NotContains(t, paidAfter(0), "0 days")
}

// Budgets and totals are in the same prices, whatever is indexed.
func TestBudgetsAddUpToTheTotals(t *testing.T) {
	for _, v := range []*scenario.Version{
		template(t), // with inflation and an indexed tariff
		template(t, "metrics.M2 reunification.tariff={amount: 350}"),
		versionsOf(t, "dn2", "medium")[0],
	} {
		r := investIn(t, v).Results[0]
		tables := budgets(r)
		for i, b := range r.Budgets {
			total, ok := r.Totals.Of(montecarlo.NetSaving, b.Commissioner)
			require.True(t, ok)
			rows := tables[i].Rows
			require.Equal(t, figure(total.Central, montecarlo.Pounds).Text, rows[len(rows)-3].Cells[4].Text, v.Name())
		}
	}
}

// In a run in cash, amounts that a file quotes say in which prices they are; nothing
// is said of texts without amounts, and nothing in constant prices.
func TestAmountsInCautionsSayInWhichPrices(t *testing.T) {
	p := &model.Programme{PriceBase: "constant 2022/23 prices", Cautions: []string{"it is invented", "it avoids £9.0m"}}
	require.Equal(t, []string{"Caution: it is invented", "Caution: it avoids £9.0m"}, cautions(p, contract.Constant))
	require.Equal(t, []string{
		"Caution: it is invented", "Caution: it avoids £9.0m",
		"Amounts in these cautions are as the file has them: those that were worked out are in constant 2022/23 prices, not in cash, and those that were published are as published.",
	}, cautions(p, contract.Cash))
	p.Cautions = p.Cautions[:1]
	require.Equal(t, []string{"Caution: it is invented"}, cautions(p, contract.Cash))
}
