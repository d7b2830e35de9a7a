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

// quarter is a quarter.
func quarter(text string) calendar.Quarter {
	q, err := calendar.ParseQuarter(text)
	if err != nil {
		panic(err)
	}
	return q
}

// year is a financial year; empty is every year.
func year(text string) (y calendar.FinancialYear) {
	if err := y.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return y
}

// yearCaps is caps in £ by financial year; empty stands for every other year.
func yearCaps(byYear map[string]string) (caps []contract.YearCap) {
	for text, amount := range byYear {
		caps = append(caps, contract.YearCap{Year: year(text), Amount: pounds(amount)})
	}
	return caps
}

// grants is grants in £ by quarter.
func grants(byQuarter map[string]string) (all []contract.Grant) {
	for text, amount := range byQuarter {
		all = append(all, contract.Grant{Quarter: quarter(text), Amount: pounds(amount)})
	}
	return all
}

// quarters is a run of quarters.
func quarters(first string, count int) []calendar.Quarter {
	q := quarter(first)
	run := make([]calendar.Quarter, count)
	for i := range run {
		run[i] = q.Add(i)
	}
	return run
}

// everyonePays is payers of whom the claiming commissioner pays all.
func commissionersPay() []contract.Payer {
	return []contract.Payer{{Name: contract.ClaimingCommissioner, Shares: always("1")}}
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
	pricer, err := contract.NewPricer(terms, care, counts.Shape, base(counts.Shape), contract.Constant)
	require.NoError(t, err)
	ledger := pricer.NewLedger()
	contract.Price(pricer, counts, ledger)
	return ledger
}

// priced prices counts without care.
func priced[N contract.Number](t require.TestingT, terms contract.Terms, counts *contract.Counts[N]) *contract.Ledger {
	return price(t, terms, contract.Care{}, counts)
}

// claimsOf gives the claims of a ledger by quarter, for a metric and commissioner.
func claimsOf(l *contract.Ledger) func(metric, commissioner int) []int64 {
	return func(metric, commissioner int) []int64 {
		n := len(l.Shape.Quarters)
		return l.Claims[l.Shape.Row(metric, commissioner)*n:][:n]
	}
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
