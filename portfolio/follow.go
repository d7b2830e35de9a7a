package portfolio

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/orderstatistic"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// follow puts the cash of all members into the fund, replication by replication.
func (r *Result) follow(pool *finance.Pool, start calendar.Date, quantiles []float64) {
	cash := r.cash()
	central := pool.NewAccount()
	receipts, costs := cash.central()
	pool.Follow(receipts, costs, central)
	r.Account = central
	var figures finance.CapitalFigures
	pool.CapitalFigures(central, &figures)

	n := r.Conventions.Replications
	collected := montecarlo.NewFundFigures(r.Facility, start, &figures, n)
	account := pool.NewAccount()
	pence := newPence(pool, len(r.Members))
	worst := make([][]float64, n) // by member, the position on the fund's deepest day
	for i := range n {
		cash.at(i, pence)
		pool.Follow(pence.receipts, pence.costs, account)
		pool.CapitalFigures(account, &figures)
		collected.Set(i, &figures)
		worst[i] = pence.positions(r.days(), figures.RequiredOn)
	}
	r.Fund = collected.Describe(quantiles)
	r.compare(quantiles)
	r.shares(worst)
	r.correlate()
}

// days are those of each member's account.
func (r *Result) days() (all [][]calendar.Date) {
	for _, m := range r.Members {
		all = append(all, m.Result.Days)
	}
	return all
}

// memberCash is the cash of every member by replication and day, in £.
type memberCash struct {
	receipts, costs [][][]float64 // member × replication × day
	accounts        []*finance.Account
}

func (r *Result) cash() *memberCash {
	c := &memberCash{}
	for _, m := range r.Members {
		c.receipts = append(c.receipts, m.Result.Paths(montecarlo.Receipts))
		c.costs = append(c.costs, m.Result.Paths(montecarlo.DeliveryCost))
		c.accounts = append(c.accounts, m.Result.Account)
	}
	return c
}

// central is the cash of the central projection, in pence.
func (c *memberCash) central() (receipts, costs [][]int64) {
	for _, a := range c.accounts {
		receipts, costs = append(receipts, a.Receipts), append(costs, a.Costs)
	}
	return receipts, costs
}

// pence is the cash of one replication, by member and day.
type pence struct{ receipts, costs [][]int64 }

func newPence(pool *finance.Pool, members int) *pence {
	p := &pence{}
	for m := range members {
		p.receipts = append(p.receipts, make([]int64, pool.MemberDays(m)))
		p.costs = append(p.costs, make([]int64, pool.MemberDays(m)))
	}
	return p
}

// at takes the cash of a replication.
func (c *memberCash) at(replication int, into *pence) {
	for m := range c.receipts {
		for day, v := range c.receipts[m][replication] {
			into.receipts[m][day] = int64(math.Round(100 * v))
		}
		for day, v := range c.costs[m][replication] {
			into.costs[m][day] = int64(math.Round(100 * v))
		}
	}
}

// positions are what every member has received less what it has cost by a day, in
// pence.
func (p *pence) positions(days [][]calendar.Date, on calendar.Date) []float64 {
	all := make([]float64, len(p.receipts))
	for m := range p.receipts {
		for day, date := range days[m] {
			if date.After(on) {
				break
			}
			all[m] += float64(p.receipts[m][day] - p.costs[m][day])
		}
	}
	return all
}

// compare sets the capital that is needed apart beside what is needed together.
func (r *Result) compare(quantiles []float64) {
	pooled := r.Fund.Values(montecarlo.CapitalRequirement)
	apart, gain := make([]float64, len(pooled)), make([]float64, len(pooled))
	central := 0.0
	for _, m := range r.Members {
		for i, v := range m.Result.Values(montecarlo.CapitalRequirement) {
			apart[i] += v
		}
		own, _ := m.Result.Totals.Of(montecarlo.CapitalRequirement)
		central += own.Central
	}
	for i := range gain {
		gain[i] = math.Round(100*(apart[i]-pooled[i])) / 100 // to the penny
	}
	r.Pooled, _ = r.Fund.Totals.Of(montecarlo.CapitalRequirement)
	r.Apart = montecarlo.Describe(r.Pooled.Key, central, apart, quantiles)
	r.Gain = montecarlo.Describe(r.Pooled.Key, central-r.Pooled.Central, gain, quantiles)
}

// shares works out how much of the fund each member is.
func (r *Result) shares(worst [][]float64) {
	receipts, costs := 0.0, 0.0
	mean := func(m int, name string) float64 {
		total, _ := r.Members[m].Result.Totals.Of(name)
		return total.Mean
	}
	for m := range r.Members {
		receipts += mean(m, montecarlo.Receipts)
		costs += mean(m, montecarlo.DeliveryCost)
	}
	needs := r.Fund.Values(montecarlo.CapitalRequirement)
	order := make([]int, len(needs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(needs[b], needs[a]) })
	tail := order[:orderstatistic.Tail(len(needs), 0.95)]
	need := 0.0
	for _, i := range tail {
		need += 100 * needs[i]
	}
	for m := range r.Members {
		own := 0.0
		for _, i := range tail {
			own -= worst[i][m]
		}
		r.Members[m].Share = Share{part(mean(m, montecarlo.Receipts), receipts), part(mean(m, montecarlo.DeliveryCost), costs), part(own, need)}
	}
}

func part(of, all float64) float64 {
	if all == 0 {
		return 0
	}
	return of / all
}

// correlate works out how far the members do well together.
func (r *Result) correlate() {
	for _, m := range r.Members {
		var row []float64
		for _, other := range r.Members {
			c := stat.Correlation(m.Result.Values(montecarlo.Surplus), other.Result.Values(montecarlo.Surplus), nil)
			if math.IsNaN(c) {
				c = 0
			}
			row = append(row, c)
		}
		r.Correlations = append(r.Correlations, row)
	}
}
