package finance

import (
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
)

// A party's whole position is all that it pays and receives: as an investor, for
// the shortfalls that it finds and for the guarantees that it has given.

// Positions names the parties of a facility that are more than an investor, or
// none: the provider, those who can step in and those who have given a guarantee.
// Who finds the money for a shortfall is among them only if it is named. A nil
// facility has none.
func Positions(f *model.Facility) (parties []string) {
	if f == nil {
		return nil
	}
	for _, finder := range findersOf(f) {
		if finder != Finder {
			parties = append(parties, finder)
		}
	}
	for _, i := range f.Investors {
		if i.Guarantee != nil && !slices.Contains(parties, i.Guarantee.By) {
			parties = append(parties, i.Guarantee.By)
		}
	}
	return parties
}

// WholePosition is the party under whose name the whole position of another
// stands among returns.
func WholePosition(party string) string { return party + ", whole position" }

// position is the roles of one party, by place; -1 for none.
type position struct {
	party            string // [WholePosition] of its name
	investor, finder int
	guaranteed       []int // investors to whom it has given a guarantee
}

// newPositions finds the roles of the parties of a facility.
func newPositions(terms *model.Facility) (all []position) {
	for _, party := range Positions(terms) {
		one := position{
			party:    WholePosition(party),
			investor: slices.IndexFunc(terms.Investors, func(i model.Investor) bool { return i.Name == party }),
			finder:   slices.Index(findersOf(terms), party),
		}
		for n, i := range terms.Investors {
			if i.Guarantee != nil && i.Guarantee.By == party {
				one.guaranteed = append(one.guaranteed, n)
			}
		}
		all = append(all, one)
	}
	return all
}

// position works out what a party gets in all its roles.
func (c *Cash) position(a *Account, p *position, into *CapitalFigures) Return {
	r := Return{}
	flows, n := c.flows, len(a.Days)
	clear(flows)
	found, guaranteed := int64(0), int64(0)
	if p.finder >= 0 {
		paid, back := a.Shortfall[p.finder*n:][:n], a.ShortfallRepaid[p.finder*n:][:n]
		addFlows(flows, paid, -1)
		addFlows(flows, back, 1)
		found = total(paid)
		r.Received += total(back)
	}
	for _, i := range p.guaranteed {
		paid := a.Guaranteed[i*n:][:n]
		addFlows(flows, paid, -1)
		guaranteed += total(paid)
	}
	if p.investor >= 0 {
		own := into.Investors[p.investor]
		if found == 0 && guaranteed == 0 { // as mostly: it is what it is as an investor
			own.Party = p.party
			return own
		}
		r.PaidIn, r.Received = own.PaidIn, r.Received+own.Received
		at := p.investor * n
		addFlows(flows, a.Drawn[at:][:n], -1)
		addFlows(flows, a.Fees[at:][:n], 1)
		addFlows(flows, a.Interest[at:][:n], 1)
		addFlows(flows, a.Repaid[at:][:n], 1)
	}
	r.Party, r.PaidIn = p.party, r.PaidIn+found+guaranteed
	c.rate(flows, &r)
	return r
}
