package contract

import (
	"errors"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/located"
)

// Fixed shares of all claims, whichever commissioner's child it is: the whole
// claim of a quarter is split over the payers once, each payer's cap then applies
// to its part, and only then is each part laid out over the commissioners whose
// claims they were. So a payer's part is within a penny of its share of the whole
// claim, and the parts add up by payer and by commissioner.

// areFixed reports whether payers have fixed shares of all claims: a commissioner
// is among them by name.
func areFixed(list []Payer, s *Shape) bool {
	return slices.ContainsFunc(list, func(p Payer) bool {
		return p.Name != ClaimingCommissioner && slices.Contains(s.Commissioners, p.Name)
	})
}

// FixedShares reports whether payers pay shares of all claims, whichever commissioner's
// child it is, as they do where a commissioner is among them.
func (t Terms) FixedShares(s *Shape) bool { return areFixed(t.Payers, s) }

// fits says why a payer cannot be one of those of its contract.
func (all *payers) fits(p Payer) error {
	at := "payers." + p.Name
	switch {
	case !all.fixed && p.Then == OthersPay:
		return located.At(at+".then", "%q is for payers with fixed shares of all claims, and here each council pays for its own claims: write %q or %q",
			overflowNames[OthersPay], overflowNames[CommissionerPays], overflowNames[Stop])
	case !all.fixed:
		return nil
	case p.Name == ClaimingCommissioner:
		return located.At(at, "another council pays a fixed share of all claims, so that no claim is a council's own: give each council that pays a share of all claims under its own name, and remove %s",
			ClaimingCommissioner)
	case len(p.Claims) > 0:
		return located.At(at+".claims", "a council pays a fixed share of all claims, so that every payer's share must be of all of them: remove this, or give no council a share of all claims")
	case p.Cap.Valid && p.Then == CommissionerPays:
		return located.At(at+".then", "%q is for contracts in which each council pays for its own claims, and here shares are of all claims: write %q or %q",
			overflowNames[CommissionerPays], overflowNames[OthersPay], overflowNames[Stop])
	}
	return nil
}

// leaveSomebody reports payers whose cap leaves nobody to pay what is over it,
// though others are to: in every quarter in which they have a share there must
// be a payer with a share and no cap.
func (all *payers) leaveSomebody(list []Payer, s *Shape) error {
	if !all.fixed {
		return nil
	}
	var faults []error
	for i, p := range all.list {
		if p.cap.pence == noCap || p.then != OthersPay {
			continue
		}
		for q, quarter := range s.Quarters {
			pays := func(other payer) bool { return other.cap.pence == noCap && other.share[q] > 0 }
			if p.share[q] > 0 && !slices.ContainsFunc(all.list, pays) {
				faults = append(faults, located.At("payers."+list[i].Name+".then",
					"in %s there is no other payer with a share and without a cap, so that nobody is left to pay what is over this cap: leave one without a cap, or write %q",
					quarter, overflowNames[Stop]))
				break
			}
		}
	}
	return errors.Join(faults...)
}

// payFixed shares all that is allowed over payers with fixed shares of it.
func (p *Pricer) payFixed(into *Ledger) {
	for q, claim := range p.work.total {
		p.raisePayers(q)
		if claim == 0 {
			continue
		}
		apportion(claim, row(p.payers.shares, q, len(p.payers.list)), p.work.paying, p.work.remainders)
		if p.payers.capped {
			p.capFixed(q)
		}
		p.layOut(into, q)
	}
}

// capFixed limits each payer's part of a quarter to what is left of its cap. What
// is over it goes, if others are to pay it, to the payers that still have room, in
// proportion to their shares, by largest remainder, ties to the payer listed first;
// else nobody pays it. What is passed on to a payer beyond its own cap is passed on
// once more, whatever is to happen to its own share: others are to pay it, and
// there is always one who can.
func (p *Pricer) capFixed(q int) {
	paying, room := p.work.paying, p.work.room.payer
	for over := p.overflow(true); over > 0; over = p.overflow(false) {
		weights := p.work.weights[:len(paying)]
		for n, payer := range p.payers.list {
			weights[n] = 0
			if paying[n] < room[n] {
				weights[n] = payer.share[q]
			}
		}
		apportion(over, weights, p.work.parts, p.work.remainders)
		add(paying, p.work.parts)
	}
	for n, payer := range p.payers.list {
		if payer.cap.pence != noCap {
			room[n] -= paying[n]
		}
	}
}

// overflow cuts each payer's part down to what is left of its cap, and returns
// what of the rest other payers are to pay. That of a payer that stops is lost if it
// is of its own share, and not if it was passed on to it.
func (p *Pricer) overflow(own bool) (over int64) {
	for n, payer := range p.payers.list {
		if beyond := p.work.paying[n] - p.work.room.payer[n]; beyond > 0 {
			p.work.paying[n] -= beyond
			if payer.then == OthersPay || !own {
				over += beyond
			}
		}
	}
	return over
}

// layOut divides each payer's part of a quarter over the commissioners whose
// claims it pays, in proportion to what is left of them after the payers before
// it, by largest remainder, ties by name of commissioner. No commissioner is
// given more than its claim, and without a cap on a payer the claims are paid
// to the penny.
func (p *Pricer) layOut(into *Ledger, q int) {
	order, quarters := p.work.byName, len(p.shape.Quarters)
	left := p.work.weights[:len(order)]
	for i, c := range order {
		left[i] = p.work.due[c*quarters+q]
	}
	for n, part := range p.work.paying {
		apportion(part, left, p.work.parts, p.work.remainders)
		for i, c := range order {
			into.PaymentsOf(p.payers.list[n].ledger, c)[q] = p.work.parts[i]
			left[i] -= p.work.parts[i]
		}
	}
}
