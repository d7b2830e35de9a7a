package indigo_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/calibrate/indigo"
	"github.com/edgeofcare/edgeofcare/model/calendar"
)

func valid(text string) decimal.NullDecimal { return decimal.NewNullDecimal(money(text)) }

// Quarters and the rest together are the payments, to the last fraction of a
// penny and in each currency, in whatever order they come.
func TestQuarterlyLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var payments []indigo.Payment
		for range rapid.IntRange(0, 30).Draw(t, "payments") {
			from := calendar.NewDate(2030, 1, 1+rapid.SampledFrom([]int{0, 0, 90, 181, 31, 5}).Draw(t, "from"))
			p := indigo.Payment{Currency: rapid.SampledFrom([]string{"GBP", "JPY", ""}).Draw(t, "currency"), Row: len(payments) + 2, Period: indigo.Period{From: from, To: from.Quarter().Add(rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "more")).Last()}}
			if rapid.IntRange(0, 9).Draw(t, "given") > 0 {
				p.Amount = decimal.NewNullDecimal(decimal.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "digits"), -7))
			}
			payments = append(payments, p)
		}
		quarters, others := indigo.Quarterly(payments)
		want, err := indigo.Total(payments)
		rest, _ := indigo.Total(others)
		rows, unknown := len(others), map[calendar.Quarter]bool{}
		for _, pay := range payments {
			if q, ok := pay.Period.Quarter(); ok && !pay.Amount.Valid {
				unknown[q] = true
			}
		}
		for i, q := range quarters {
			rest[q.Currency] = rest[q.Currency].Add(q.Amount)
			rows += len(q.Rows)
			require.True(t, i == 0 || quarters[i-1].Quarter < q.Quarter || quarters[i-1].Quarter == q.Quarter && quarters[i-1].Currency < q.Currency)
			require.False(t, unknown[q.Quarter])
		}
		require.Len(t, rest, len(want))
		for code := range want {
			require.True(t, want[code].Equal(rest[code]), "%s: %s, want %s", code, rest[code], want[code])
		}
		require.Equal(t, len(payments), rows)
		for _, pay := range others {
			q, ok := pay.Period.Quarter()
			require.False(t, ok && !unknown[q])
		}
		require.Equal(t, slices.ContainsFunc(payments, func(p indigo.Payment) bool { return !p.Amount.Valid }), err != nil)
		shuffled := rapid.Permutation(payments).Draw(t, "shuffled")
		again, _ := indigo.Quarterly(shuffled)
		require.Len(t, again, len(quarters))
		for i := range again {
			require.Equal(t, quarters[i].Quarter, again[i].Quarter)
			require.Equal(t, quarters[i].Currency, again[i].Currency)
			require.True(t, quarters[i].Amount.Equal(again[i].Amount))
		}
	})
}

// The order of rows in a file does not matter.
func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rows := []string{pay("", "2030-01", "2030-03", "Actual", "1"), pay("plan2", "2030-01", "2030-03", "Planned", "2"), pay("plan1", "2030-07", "2031-09", "Planned", "3")}
	for i := range 8 {
		q := calendar.NewQuarter(2030, i+1)
		if q != calendar.NewQuarter(2031, 3) {
			rows = append(rows, pay("plan1", q.First().String(), q.Last().String(), "Planned", fmt.Sprint(10+i)))
		}
	}
	want := byQuarter(project(t, read(t, export(map[string][]string{paymentsFile: rows}))).Planned("plan1"))
	require.Equal(t, "3", want["Q2 2031/32"])
	rapid.Check(t, func(t *rapid.T) {
		shuffled := rapid.Permutation(rows).Draw(t, "rows")
		p := project(t, read(t, export(map[string][]string{paymentsFile: shuffled})))
		require.Equal(t, want, byQuarter(p.Planned("plan1")))
		require.Len(t, p.Actual(), 1)
	})
}
