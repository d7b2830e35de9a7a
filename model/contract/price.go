package contract

import (
	"cmp"
	"errors"
	"slices"
)

// Pricer turns counts into a ledger under one set of terms. Quarter by quarter
// and in this order:
//
//  1. units × tariff, less the agreed deadweight (tariff.go, deadweight.go);
//  2. metric caps (cap.go);
//  3. a grant in place of the claims (grant.go);
//  4. the cap of the financial year (yearcap.go), then the contract cap (cap.go);
//  5. payers' shares (payer.go);
//  6. payers' caps (payer.go).
//
// Placement costs and the cashable part are priced beside it (care.go).
//
// A Pricer keeps working space, so that pricing allocates nothing; it must not
// be used by two goroutines at once. Copies made with Clone may.
type Pricer struct {
	shape  *Shape
	names  []string // of payers in the ledger
	tariff []int64  // pence by metric × commissioner × quarter
	paid   []int64  // share of units paid for, in billionths by metric
	caps   caps
	grants grants
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
	sums        []float64 // by quarter, of expected costs
	room        room
}

// NewPricer prepares terms for the given shape, whose metrics must be those of
// the terms in the same order. The error joins everything that cannot be
// priced, each a *TermError: fractions of a penny, shares that do not add up
// to 1 in some quarter, names that the shape does not hold.
func NewPricer(t Terms, c Care, s *Shape) (*Pricer, error) {
	if !slices.EqualFunc(t.Metrics, s.Metrics, func(m Metric, name string) bool { return m.Name == name }) {
		return nil, termError("metrics", "they are not those of the counts, which are, in order, %q", s.Metrics)
	}
	p := &Pricer{shape: s}
	var faults [7]error
	p.tariff, faults[0] = tariffs(t.Metrics, s)
	p.paid, faults[1] = paidShares(t.Metrics)
	faults[2] = checkChildren(t.Metrics, s)
	p.caps, faults[3] = newCaps(t, s)
	p.grants, faults[4] = newGrants(t, s)
	p.payers, faults[5] = newPayers(t.Payers, s)
	p.care, faults[6] = newCare(c, s)
	if err := errors.Join(faults[:]...); err != nil {
		return nil, err
	}
	p.names = slices.Concat(p.payers.names, s.Commissioners)
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
		sums: make([]float64, len(s.Quarters)),
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
//
// Counts and ledger must have the shape of the pricer.
func Price[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	p.work.room.reset(p.caps, p.payers)
	clear(into.Payments)
	clear(into.Grants)
	claim(p, counts, into)
	copy(into.Allowed, into.Claims)
	metrics, commissioners := len(p.shape.Metrics), len(p.shape.Commissioners)
	quarters := len(p.shape.Quarters)
	for q := range p.shape.Quarters {
		for m := range metrics {
			if p.caps.units[m] < noCap {
				capUnits(p, counts, into, m, q)
			}
			if p.caps.amount[m] < noCap {
				p.limit(into, p.work.metricLines[m], p.work.room.amount[m], q)
			}
		}
		if p.grants.amount[q] != noGrant {
			p.grant(into, q)
		}
		p.capYear(into, q)
		if p.caps.contract < noCap {
			p.work.room.contract -= p.limit(into, p.work.lines, p.work.room.contract, q)
		}
		p.spendMetricCaps(into, q)
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

// claim prices all units.
func claim[N Number](p *Pricer, counts *Counts[N], into *Ledger) {
	cells := len(p.shape.Commissioners) * len(p.shape.Quarters)
	for m, paid := range p.paid {
		claims, tariff, units := row(into.Claims, m, cells), row(p.tariff, m, cells), row(counts.Units, m, cells)
		for i := range claims {
			if units[i] == 0 {
				claims[i] = 0
				continue
			}
			claims[i] = value(units[i], tariff[i], paid)
		}
	}
}
