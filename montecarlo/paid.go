package montecarlo

import "github.com/edgeofcare/edgeofcare/model/contract"

// paid is what payers pay in one ledger, added up once for all the figures that rest on
// it: by quarter, in pence.
type paid struct {
	by     [][]float64 // by payer
	all    []float64
	totals []float64 // by payer: the sum of its quarters
	total  float64
}

// everybody stands for all payers together.
const everybody = -1

func newPaid(s *sheet) *paid {
	quarters := len(s.shape.Quarters)
	p := &paid{all: make([]float64, quarters), totals: make([]float64, len(s.payer))}
	for range s.payer {
		p.by = append(p.by, make([]float64, quarters))
	}
	return p
}

// addUp reads every payment in a ledger once.
func (p *paid) addUp(s *sheet, l *contract.Ledger) {
	clear(p.all)
	for payer, series := range p.by {
		clear(series)
		for _, row := range s.payer[payer] {
			for q, pence := range l.Payments[row*len(series):][:len(series)] {
				series[q] += float64(pence)
				p.all[q] += float64(pence)
			}
		}
		p.totals[payer] = sum(series)
	}
	p.total = sum(p.all)
}

// of is the payments of one payer, or of everybody.
func (p *paid) of(payer int) []float64 {
	if payer == everybody {
		return p.all
	}
	return p.by[payer]
}

// totalOf is the sum of them.
func (p *paid) totalOf(payer int) float64 {
	if payer == everybody {
		return p.total
	}
	return p.totals[payer]
}
