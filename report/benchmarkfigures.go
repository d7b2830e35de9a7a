package report

import (
	"slices"
	"strings"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Beginnings of the names of published totals that have no kind of their own. All
// that begin alike are added up only where that makes sense.
const (
	paymentsMade   = "outcome payments made"
	capitalRaised  = "capital raised"
	fundShare      = "Life Chances Fund share of outcome payments, %"
	commitmentOf   = "commitment of "
	fundCommitment = "commitment of the Life Chances Fund"
)

// publishedBenchmark gathers what the file says is published.
func publishedBenchmark(p *model.Programme) benchmark {
	users := func(kind model.TotalKind) *fact {
		if all := publishedTotal(p, kind, "service users"); all != nil {
			return all
		}
		return publishedTotal(p, kind, "children") // as some files call them
	}
	b := benchmark{
		users: users(model.Targeted), reached: users(model.Engaged),
		maximum: publishedTotal(p, model.Maximum, "outcome payments"), capital: firstCalled(p, capitalRaised),
		fundShare: publishedFundShare(p), firstPayment: publishedFirstPayment(p),
	}
	b.payments = sumOf(p.Published.Actual, func(q calendar.Quarter) model.Status { return weakest(p, actualPath(q)) })
	if b.payments == nil {
		b.payments = firstCalled(p, paymentsMade)
	}
	if n := len(p.Published.Actual); n > 0 {
		b.date = p.Published.Actual[n-1].Quarter.String()
	}
	if len(p.Published.Plans) > 0 {
		plan := p.Published.Plans[0]
		b.firstPlan = sumOf(plan.Payments, func(q calendar.Quarter) model.Status { return weakest(p, planPath(plan, q)) })
	}
	for _, unit := range []words.Unit{days, weeks} {
		if v := firstCalled(p, "average payment per "+unit.One); v != nil {
			b.price, b.unit = v, unit
		}
	}
	return b
}

// known is a published total and how far it can be relied on.
func known(p *model.Programme, t model.PublishedTotal) *fact {
	return &fact{t.Value.InexactFloat64(), weakest(p, "published.totals."+t.Name)}
}

// firstCalled is the first published total whose name begins so; nil without one.
func firstCalled(p *model.Programme, beginning string) *fact {
	for _, t := range p.Published.Totals {
		if strings.HasPrefix(t.Name, beginning) {
			return known(p, t)
		}
	}
	return nil
}

// publishedTotal is the published total of a kind; nil without one.
func publishedTotal(p *model.Programme, kind model.TotalKind, counts string) *fact {
	if t, ok := p.Published.Total(kind, counts); ok {
		return known(p, t)
	}
	return nil
}

// publishedFundShare is the share of payments that the Life Chances Fund meets by
// the contract or, where that is not published, its part of all commitments.
func publishedFundShare(p *model.Programme) *fact {
	if percentage := firstCalled(p, fundShare); percentage != nil {
		return &fact{percentage.value / 100, percentage.status}
	}
	all := &fact{0, model.Published}
	for _, t := range p.Published.Totals {
		if strings.HasPrefix(t.Name, commitmentOf) {
			one := known(p, t)
			all = &fact{all.value + one.value, min(all.status, one.status)}
		}
	}
	return firstCalled(p, fundCommitment).over(all)
}

// publishedFirstPayment is the number of quarters from the start to the first
// payment; nil where that was a part of one claim for several quarters.
func publishedFirstPayment(p *model.Programme) *fact {
	for _, a := range p.Published.Actual {
		if !a.Amount.IsPositive() {
			continue
		}
		if status := weakest(p, actualPath(a.Quarter)); status == model.Published {
			return &fact{float64(a.Quarter.Sub(p.Start.Quarter())), status}
		}
		return nil
	}
	return nil
}

// sumOf adds amounts up; nil without any.
func sumOf(amounts []model.QuarterAmount, status func(calendar.Quarter) model.Status) *fact {
	if len(amounts) == 0 {
		return nil
	}
	sum := &fact{0, model.Published}
	for _, a := range amounts {
		sum = &fact{sum.value + a.Amount.InexactFloat64(), min(sum.status, status(a.Quarter))}
	}
	return sum
}

// modelledBenchmark works the same figures out from the central projection. The
// first plan and the maximum stay those that are published.
func modelledBenchmark(projection *montecarlo.Projection) benchmark {
	p, e, ledger := projection.Version.Programme, projection.Expectation, projection.Ledger
	paid, fund := byQuarter(ledger)
	b := publishedBenchmark(p)
	b.users, b.reached, b.payments = worked(expectedChildren(p)), worked(sum(e.Counts.Started)), worked(sum(paid))
	b.price, b.fundShare, b.firstPayment, b.toDate = nil, nil, nil, nil
	if units := sum(e.Counts.Units); units > 0 && !agreedDeadweight(p) {
		if unit, ok := oneUnit(p); ok && unit.Many != "outcomes" {
			b.unit, b.price = unit, worked(b.payments.value/units)
		}
	}
	if n := len(p.Published.Actual); n > 0 {
		last := p.Published.Actual[n-1].Quarter
		b.toDate = worked(0)
		for q, v := range paid {
			if ledger.Shape.Quarters[q] <= last {
				b.toDate.value += v
			}
		}
	}
	if b.payments.value > 0 {
		b.fundShare = worked(fund / b.payments.value)
	}
	if q := slices.IndexFunc(paid, func(v float64) bool { return v >= 1 }); q >= 0 {
		b.firstPayment = worked(float64(q))
	}
	return b
}

// worked is a figure that the model works out.
func worked(v float64) *fact { return &fact{value: v} }

// byQuarter are the payments of a ledger by quarter, and what the Life Chances
// Fund pays of all, in £.
func byQuarter(l *contract.Ledger) (paid []float64, fund float64) {
	paid = make([]float64, len(l.Shape.Quarters))
	for p, payer := range l.Payers {
		isFund := strings.HasPrefix(payer, "Life Chances Fund")
		for c := range l.Shape.Commissioners {
			for q, pence := range l.PaymentsOf(p, c) {
				paid[q] += float64(pence) / 100
				if isFund {
					fund += float64(pence) / 100
				}
			}
		}
	}
	return paid, fund
}

func sum(all []float64) float64 {
	total := 0.0
	for _, v := range all {
		total += v
	}
	return total
}

func expectedChildren(p *model.Programme) float64 {
	sum := 0.0
	for _, c := range p.Cohorts {
		sum += c.Referrals.Expected()
	}
	return sum
}
