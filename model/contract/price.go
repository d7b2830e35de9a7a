package contract

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// Pricer turns counts into a ledger under one set of terms. Quarter by quarter
// and in this order:
//
//  1. units × tariff (tariff.go);
//  2. metric caps (cap.go);
//  3. the contract cap (cap.go);
//  4. payers' shares (payer.go);
//  5. payers' caps (payer.go).
//
// Placement costs and the cashable part are priced beside it (care.go).
//
// A Pricer keeps working space, so that pricing allocates nothing; it must not
// be used by two goroutines at once. Copies made with Clone may.
type Pricer struct {
	shape  *Shape
	names  []string // of payers in the ledger
	tariff []int64  // pence by metric × commissioner × quarter
	caps   caps
	payers payers
	care   care
	work   work
}

// work is the space that pricing needs, and what is left of each cap.
type work struct {
	lines       []int   // metric × commissioner, in order of their names
	metricLines [][]int // the same by metric
	byName      []int   // commissioners in order of their names
	weights     []int64
	parts       []int64
	remainders  []uint64
	room        room
}

// NewPricer prepares terms for the given shape. The error joins everything in
// the terms that cannot be priced: fractions of a penny, shares that do not
// add up to 1 in some quarter, names that the shape does not hold.
func NewPricer(t Terms, c Care, s *Shape) (*Pricer, error) {
	p := &Pricer{shape: s}
	var faults []error
	fault := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	if len(t.Metrics) != len(s.Metrics) {
		fault(fmt.Errorf("the terms have %d metrics and the counts %d", len(t.Metrics), len(s.Metrics)))
		return nil, errors.Join(faults...)
	}
	var err error
	p.tariff, err = tariffs(t.Metrics, s)
	fault(err)
	p.caps, err = newCaps(t)
	fault(err)
	p.payers, err = newPayers(t.Payers, s)
	fault(err)
	p.care, err = newCare(c, s)
	fault(err)
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	p.names = append(slices.Clone(p.payers.names), s.Commissioners...)
	p.work = p.newWork()
	return p, nil
}

func (p *Pricer) newWork() work {
	s := p.shape
	n := max(len(s.Metrics)*len(s.Commissioners), len(s.Commissioners), len(p.payers.list))
	w := work{
		metricLines: make([][]int, len(s.Metrics)),
		byName:      inOrder(s.Commissioners),
		weights:     make([]int64, n), parts: make([]int64, n), remainders: make([]uint64, n),
		room: room{
			units: make([]float64, len(s.Metrics)), amount: make([]int64, len(s.Metrics)),
			payer: make([]int64, len(p.payers.list)),
		},
	}
	for _, m := range inOrder(s.Metrics) {
		for _, c := range w.byName {
			w.metricLines[m] = append(w.metricLines[m], m*len(s.Commissioners)+c)
		}
		w.lines = append(w.lines, w.metricLines[m]...)
	}
	return w
}

// inOrder returns the indices of names in alphabetical order.
func inOrder(names []string) []int {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(names[i], names[j]) })
	return order
}

// Clone returns a pricer for the same terms with working space of its own.
func (p *Pricer) Clone() *Pricer {
	q := *p
	q.work = p.newWork()
	return &q
}

// NewLedger returns an empty ledger of the right shape for Price.
func (p *Pricer) NewLedger() *Ledger { return NewLedger(p.shape, p.names) }

// Price fills a ledger from counts. Whole counts are priced exactly. Expected
// counts give the central projection: each line is rounded to the penny once,
// before the caps, and everything after that is the same arithmetic.
func Price[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	p.work.room.reset(p.caps, p.payers)
	clear(into.Payments)
	metrics, commissioners := len(p.shape.Metrics), len(p.shape.Commissioners)
	quarters := len(p.shape.Quarters)
	for q := range p.shape.Quarters {
		for m := range metrics {
			capUnits(p, counts, into, m, q)
			p.capAmount(into, p.work.metricLines[m], &p.work.room.amount[m], q)
		}
		p.capAmount(into, p.work.lines, &p.work.room.contract, q)
		for c := range commissioners {
			claim := int64(0)
			for m := range metrics {
				claim += into.Allowed[(m*commissioners+c)*quarters+q]
			}
			p.split(into, claim, c, q)
		}
		p.capPayers(into, q)
	}
	priceCare(p, counts, into)
}

// value is the price of a number of units in pence, exact for whole units as
// long as the amount is below 2^53 pence.
func value[N Number](units N, tariff int64) int64 {
	return int64(math.Round(float64(units) * float64(tariff)))
}

// unknownName returns the first name, in order, that no entry of known has.
func unknownName(names, known []string) (string, bool) {
	for _, name := range names {
		if !slices.Contains(known, name) {
			return name, true
		}
	}
	return "", false
}

// limit turns an optional cap in £ into pence; no cap is the largest amount.
func limit(c decimal.NullDecimal) (int64, error) {
	if !c.Valid {
		return math.MaxInt64, nil
	}
	if c.Decimal.IsNegative() {
		return 0, fmt.Errorf("a cap of £%s is below 0", c.Decimal)
	}
	return pence(c.Decimal)
}
