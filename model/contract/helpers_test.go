package contract_test

import (
	"strings"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// amounts are amounts in £, or shares, by name.
type amounts = map[string]decimal.Decimal

// pounds is an amount in £, or a share.
func pounds(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// capped is a cap, in £ or units.
func capped(s string) decimal.NullDecimal { return decimal.NewNullDecimal(pounds(s)) }

// always is one share throughout.
func always(share string) []contract.DatedShare {
	return []contract.DatedShare{{Share: pounds(share)}}
}

// from is a share from a date on.
func from(date, share string) contract.DatedShare {
	d, err := calendar.ParseDate(date)
	if err != nil {
		panic(err)
	}
	return contract.DatedShare{From: d, Share: pounds(share)}
}

// quarters is a run of quarters.
func quarters(first string, count int) []calendar.Quarter {
	q, err := calendar.ParseQuarter(first)
	if err != nil {
		panic(err)
	}
	run := make([]calendar.Quarter, count)
	for i := range run {
		run[i] = q.Add(i)
	}
	return run
}

// everyonePays is payers of whom the claiming commissioner pays all.
func commissionersPay() []contract.Payer {
	return []contract.Payer{{Name: contract.Commissioner, Shares: always("1")}}
}

// expectedOf is whole counts as expected ones.
func expectedOf(t *contract.Tally) *contract.Expected {
	e := contract.NewCounts[float64](t.Shape)
	for _, cells := range []struct {
		from []int64
		to   []float64
	}{{t.Weeks, e.Weeks}, {t.Units, e.Units}, {t.Referred, e.Referred}, {t.Started, e.Started}, {t.Early, e.Early}} {
		for i, n := range cells.from {
			cells.to[i] = float64(n)
		}
	}
	return e
}

// price prices counts under terms and care that must be in order.
func price[N contract.Number](t require.TestingT, terms contract.Terms, care contract.Care, counts *contract.Counts[N]) *contract.Ledger {
	pricer, err := contract.NewPricer(terms, care, counts.Shape)
	require.NoError(t, err)
	ledger := pricer.NewLedger()
	contract.Price(pricer, counts, ledger)
	return ledger
}

// series writes pence as £ with two decimals, separated by spaces.
func series(pence []int64) string {
	text := make([]string, len(pence))
	for i, p := range pence {
		text[i] = contract.Pounds(p).StringFixed(2)
	}
	return strings.Join(text, " ")
}

func total(cells []int64) (sum int64) {
	for _, n := range cells {
		sum += n
	}
	return sum
}
