package report

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
)

// Beginnings of the names of published totals that a benchmark looks for in
// Programme.Published.Totals. Several totals that begin alike are added up only
// where that makes sense: capital by investor, commitments by payer.
const (
	maximumPayments = "maximum outcome payments, £"
	capitalRaised   = "capital raised"
	usersTargeted   = "service users targeted"
	usersEngaged    = "service users engaged"
	fundShare       = "Life Chances Fund share of outcome payments, %"
	commitmentOf    = "commitment of "
	fundCommitment  = "commitment of the Life Chances Fund"
)

// Benchmark lays programmes side by side: what is published about each, and
// what its base case comes to in the central projection, apart. The error is
// that of a programme that cannot be run.
func Benchmark(programmes []*model.Programme) ([]Table, error) {
	columns := []string{""}
	for _, p := range programmes {
		columns = append(columns, p.Name)
	}
	published := Table{Title: "Published", Columns: columns, Text: 1}
	modelled := Table{Title: "Modelled: the first case of each file, central projection, on assumptions", Columns: columns, Text: 1}
	var facts, figures []benchmark
	for _, p := range programmes {
		facts = append(facts, publishedBenchmark(p))
		b, err := modelledBenchmark(p)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		figures = append(figures, b)
	}
	for _, row := range publishedRows {
		published.Rows = append(published.Rows, row.of(facts))
	}
	for _, row := range modelledRows {
		modelled.Rows = append(modelled.Rows, row.of(figures))
	}
	published.Notes = []string{
		"Published, or derived from what is published: edgeofcare show NAME says which. A dash means that a file has no one such figure: nothing was published, or several that differ, or first payments that came in one claim for several quarters.",
		"Plans are best cases, and the maximum is re-cut when a contract is varied: judge against the first plan.",
	}
	for _, p := range programmes {
		if note := planOneNote(p); note != "" {
			published.Notes = append(published.Notes, "First plan of "+p.Name+": "+note+".")
		}
	}
	modelled.Notes = []string{"Only what a file labels as published is a fact. edgeofcare show NAME lists the assumptions."}
	return []Table{published, modelled}, nil
}

// benchmark is one programme's figures; nil where there is none.
type benchmark struct {
	users, reached, payments, toDate, firstPlan, maximum, capital, fundShare *float64
	price                                                                    *float64
	unit                                                                     string   // of price
	date                                                                     string   // of the last published payment
	firstPayment                                                             *float64 // quarters from the start
}

// benchmarkRow is one row of a table.
type benchmarkRow struct {
	label string
	value func(b benchmark) (float64, bool)
	write func(v float64, b benchmark) string
}

var publishedRows = []benchmarkRow{
	{"Service users targeted", func(b benchmark) (float64, bool) { return have(b.users) }, whole},
	{"Service users engaged", func(b benchmark) (float64, bool) { return have(b.reached) }, whole},
	{"Outcome payments so far", func(b benchmark) (float64, bool) { return have(b.payments) }, pounds},
	{"  to the end of", func(b benchmark) (float64, bool) { return 0, b.date != "" }, func(_ float64, b benchmark) string { return b.date }},
	{"First plan, whole", func(b benchmark) (float64, bool) { return have(b.firstPlan) }, pounds},
	{"  payments so far as a share of it", func(b benchmark) (float64, bool) { return ratio(b.payments, b.firstPlan) }, share},
	{"Maximum outcome payments, latest", func(b benchmark) (float64, bool) { return have(b.maximum) }, pounds},
	{"  payments so far as a share of it", func(b benchmark) (float64, bool) { return ratio(b.payments, b.maximum) }, share},
	{"Average price", func(b benchmark) (float64, bool) { return have(b.price) }, priced},
	{"Paid so far per child engaged", func(b benchmark) (float64, bool) { return ratio(b.payments, b.reached) }, pounds},
	{"Life Chances Fund share, of the contract or else of commitments", func(b benchmark) (float64, bool) { return have(b.fundShare) }, share},
	{"Capital", func(b benchmark) (float64, bool) { return have(b.capital) }, pounds},
	{"  per £ of the first plan", func(b benchmark) (float64, bool) { return ratio(b.capital, b.firstPlan) }, twoDecimals},
	{"Quarters from start to first payment", func(b benchmark) (float64, bool) { return have(b.firstPayment) }, whole},
}

var modelledRows = []benchmarkRow{
	{"Children referred", func(b benchmark) (float64, bool) { return have(b.users) }, whole},
	{"Children started", func(b benchmark) (float64, bool) { return have(b.reached) }, whole},
	{"Outcome payments over the whole contract", func(b benchmark) (float64, bool) { return have(b.payments) }, pounds},
	{"  as a share of the first plan", func(b benchmark) (float64, bool) { return ratio(b.payments, b.firstPlan) }, share},
	{"  as a share of the latest maximum", func(b benchmark) (float64, bool) { return ratio(b.payments, b.maximum) }, share},
	{"  to the last published quarter", func(b benchmark) (float64, bool) { return have(b.toDate) }, pounds},
	{"Average price", func(b benchmark) (float64, bool) { return have(b.price) }, priced},
	{"Paid per child started", func(b benchmark) (float64, bool) { return ratio(b.payments, b.reached) }, pounds},
	{"Life Chances Fund share of payments", func(b benchmark) (float64, bool) { return have(b.fundShare) }, share},
	{"Quarters from start to first payment", func(b benchmark) (float64, bool) { return have(b.firstPayment) }, whole},
}

func (r *benchmarkRow) of(all []benchmark) []string {
	cells := []string{r.label}
	for _, b := range all {
		if v, ok := r.value(b); ok {
			cells = append(cells, r.write(v, b))
		} else {
			cells = append(cells, "-")
		}
	}
	return cells
}

// planOneNote is what the file says of the first plan.
func planOneNote(p *model.Programme) string {
	if len(p.Published.Plans) == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSpace(noteOf(p, "published.plans."+p.Published.Plans[0].Name+".from")), ".")
}

// noteOf is what the register notes of a path.
func noteOf(p *model.Programme, path string) string {
	in, _ := input(p, path)
	return in.Note
}

func input(p *model.Programme, path string) (model.Input, bool) {
	for _, in := range p.Register {
		if string(in.Path) == path {
			return in, true
		}
	}
	return model.Input{}, false
}

func priced(v float64, b benchmark) string      { return "£" + grouped(v, 2) + " a " + singular(b.unit) }
func twoDecimals(v float64, _ benchmark) string { return "£" + grouped(v, 2) }

// singular is one of a unit of contract.Trigger.
func singular(unit string) string {
	return strings.TrimSuffix(unit, "s")
}

func have(v *float64) (float64, bool) {
	if v == nil {
		return 0, false
	}
	return *v, true
}

func ratio(a, b *float64) (float64, bool) {
	if a == nil || b == nil || *b == 0 {
		return 0, false
	}
	return *a / *b, true
}

func whole(v float64, _ benchmark) string  { return Count(v) }
func pounds(v float64, _ benchmark) string { return Money(v) }
func share(v float64, _ benchmark) string  { return Percent(v) }

// publishedBenchmark gathers what the file says is published.
func publishedBenchmark(p *model.Programme) benchmark {
	first := func(beginning string) *float64 {
		for _, t := range p.Published.Totals {
			if strings.HasPrefix(t.Name, beginning) {
				return new(t.Value.InexactFloat64())
			}
		}
		return nil
	}
	b := benchmark{users: first(usersTargeted), reached: first(usersEngaged), maximum: first(maximumPayments), capital: first(capitalRaised)}
	if s := first(fundShare); s != nil {
		b.fundShare = new(*s / 100)
	} else if fund := first(fundCommitment); fund != nil {
		all := 0.0
		for _, t := range p.Published.Totals {
			if strings.HasPrefix(t.Name, commitmentOf) {
				all += t.Value.InexactFloat64()
			}
		}
		b.fundShare = new(*fund / all)
	}
	b.payments = sumOf(p.Published.Actual)
	if b.payments == nil {
		b.payments = first("outcome payments made")
	}
	if n := len(p.Published.Actual); n > 0 {
		b.date = p.Published.Actual[n-1].Quarter.String()
	}
	if len(p.Published.Plans) > 0 {
		b.firstPlan = sumOf(p.Published.Plans[0].Payments)
	}
	for _, a := range p.Published.Actual {
		if a.Amount.IsPositive() {
			in, _ := input(p, "published.actual payments."+a.Quarter.String())
			if in.Status == model.Published { // not spread over the quarters of one claim
				b.firstPayment = new(float64(a.Quarter.Sub(p.Start.Quarter())))
			}
			break
		}
	}
	for _, unit := range []string{"day", "week"} {
		if v := first("average payment per " + unit); v != nil {
			b.price, b.unit = v, unit
		}
	}
	return b
}

func sumOf(amounts []model.QuarterAmount) *float64 {
	if len(amounts) == 0 {
		return nil
	}
	sum := 0.0
	for _, a := range amounts {
		sum += a.Amount.InexactFloat64()
	}
	return &sum
}

// modelledBenchmark works the same figures out from the central projection.
func modelledBenchmark(p *model.Programme) (benchmark, error) {
	e, err := expect.Of(p)
	if err != nil {
		return benchmark{}, err
	}
	pricer, err := p.Pricer()
	if err != nil {
		return benchmark{}, err
	}
	ledger := pricer.NewLedger()
	contract.Price(pricer, e.Counts, ledger)
	b := publishedBenchmark(p)
	quarters := len(ledger.Shape.Quarters)
	paid, fund, units := make([]float64, quarters), 0.0, 0.0
	for i, pence := range ledger.Payments {
		paid[i%quarters] += float64(pence) / 100
		if strings.HasPrefix(ledger.Payers[i/(quarters*len(ledger.Shape.Commissioners))], "Life Chances Fund") {
			fund += float64(pence) / 100
		}
	}
	for _, n := range e.Counts.Units {
		units += n
	}
	b.users, b.payments, b.reached = new(children(p)), new(0.0), new(0.0)
	for _, v := range paid {
		*b.payments += v
	}
	for _, v := range e.Counts.Started {
		*b.reached += v
	}
	b.price, b.fundShare, b.firstPayment, b.toDate = nil, nil, nil, nil
	if unit, ok := oneUnit(p); ok && unit != "outcomes" && before(p) == ", before all caps" && units > 0 {
		b.unit, b.price = unit, new(*b.payments/units)
	}
	if n := len(p.Published.Actual); n > 0 {
		b.toDate = new(0.0)
		for q, v := range paid {
			if ledger.Shape.Quarters[q] <= p.Published.Actual[n-1].Quarter {
				*b.toDate += v
			}
		}
	}
	if *b.payments > 0 {
		b.fundShare = new(fund / *b.payments)
		for q, v := range paid {
			if v >= 1 {
				b.firstPayment = new(float64(q))
				break
			}
		}
	}
	return b, nil
}

func children(p *model.Programme) float64 {
	sum := 0.0
	for _, c := range p.Cohorts {
		sum += c.Referrals.Expected()
	}
	return sum
}
