package finance

import "github.com/edgeofcare/edgeofcare/model"

// guarantee is a promise to an investor made ready.
type guarantee struct {
	by    string // nobody if empty
	share int64  // of the capital that the investor has put in, in billionths
	day   int
}

func newGuarantee(g *model.Guarantee, d *days) guarantee {
	if g == nil {
		return guarantee{day: -1}
	}
	made := guarantee{by: g.By, share: billionths(g.Share), day: len(d.all) - 1}
	if !g.On.IsZero() {
		made.day = d.index(g.On)
	}
	return made
}

// callGuarantees has those who guarantee an investor's capital pay what is missing
// of it on their day, after all repayments of that day. It passes through to the
// investor.
func (f *facility) callGuarantees(a *Account, day int) {
	for i := range f.investors {
		g := &f.investors[i].guarantee
		if g.day != day {
			continue
		}
		one := &a.held.stakes[i]
		repaid := one.put - one.capital
		missing := min(one.capital, max(0, portion(one.put, g.share, whole)-repaid))
		a.Guaranteed[i*len(a.Days)+day] = missing
		a.Repaid[i*len(a.Days)+day] += missing
		one.capital -= missing
	}
}
