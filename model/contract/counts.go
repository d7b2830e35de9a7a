package contract

// Number is what a count may be: whole in one replication, fractional in an
// exact expectation.
type Number interface{ int64 | float64 }

// Counts is everything about a programme that money is worked out from:
// where children lived, in weeks, and what their lives earned, in contract
// units. It never holds pounds.
//
// Every slice is rows of one number for each quarter, without gaps (Early is one
// number for each row). Address a row with the methods, or work its number out
// with [Shape.Row] and [Shape.WeeksRow].
type Counts[N Number] struct {
	Shape *Shape `json:"shape"`

	// Weeks is child-weeks by window × arm × cohort × commissioner × state × quarter.
	Weeks []N `json:"weeks"`
	// Units is payable units by metric × commissioner × quarter, already
	// limited by every rule that depends on one child's path.
	Units []N `json:"units"`
	// Referred is children by cohort × commissioner × quarter of referral.
	Referred []N `json:"referred"`
	// Started is children by cohort × commissioner × quarter of the first
	// week in the planned state.
	Started []N `json:"started"`
	// Preparing is weeks in which a child's case is open before the start, by
	// cohort × commissioner × quarter: from referral to the start, or to when
	// it is clear that there will be none. Only the cost of delivery depends
	// on them.
	Preparing []N `json:"preparing"`
	// Early is children referred in the weeks that the contract's minimum
	// looks at, by cohort × commissioner: cell [Shape.Row] of each.
	Early []N `json:"early"`

	// Independent is the same children under independent lives: Weeks without the
	// programme, in the rows of the counterfactual arm, where a child who starts
	// lives on from the start with random numbers of its own. Nothing else of it is
	// counted. It is nil where there is no such count, as in an exact expectation,
	// which is the same for both.
	Independent *Counts[N] `json:"independent,omitempty"`

	// Rules identifies the per-child rules under which the units were
	// counted, by section of the programme; see model.Price.
	Rules Rules `json:"rules"`

	// lived is the rows of Weeks that can hold anything but 0; nil means all. livedIn is
	// the states of such rows, by cell: a row of Ledger.Costs.
	lived   []bool
	livedIn [][]int
}

// Tally is the counts of one replication.
type Tally = Counts[int64]

// Expected is exact expected counts.
type Expected = Counts[float64]

// Rules is a fingerprint of each section of a programme that decides what one
// child's life earns. Two programmes whose Rules are equal can be priced from
// the same counts.
type Rules map[string]string

// NewCounts returns zero counts of a shape.
func NewCounts[N Number](s *Shape) *Counts[N] {
	quarters, lines := len(s.Quarters), s.Row(len(s.Cohorts), 0)
	return &Counts[N]{
		Shape:    s,
		Weeks:    make([]N, s.WeeksRow(numWindows, 0, 0, 0, 0)*quarters),
		Units:    make([]N, s.Row(len(s.Metrics), 0)*quarters),
		Referred: make([]N, lines*quarters),
		Started:  make([]N, lines*quarters),

		Preparing: make([]N, lines*quarters),
		Early:     make([]N, lines),
	}
}

// Reset sets every count to zero.
func (c *Counts[N]) Reset() {
	if c.Independent != nil {
		clear(c.Independent.Weeks)
	}
	clear(c.Weeks)
	clear(c.Units)
	clear(c.Referred)
	clear(c.Started)
	clear(c.Preparing)
	clear(c.Early)
}

// WeeksIn returns child-weeks by quarter for one cell; the slice is the
// counts' own and may be added to.
func (c *Counts[N]) WeeksIn(w Window, a Arm, cohort, commissioner, state int) []N {
	return row(c.Weeks, c.Shape.WeeksRow(w, a, cohort, commissioner, state), len(c.Shape.Quarters))
}

// LivedOnlyIn says which rows of Weeks, as [Shape.WeeksRow] counts them, can
// ever hold anything but 0, so that pricing can leave out the others. By default
// it reads them all.
func (c *Counts[N]) LivedOnlyIn(rows []int) {
	c.lived = make([]bool, len(c.Weeks)/max(1, len(c.Shape.Quarters)))
	for _, row := range rows {
		c.lived[row] = true
	}
	states := max(1, len(c.Shape.States))
	c.livedIn = make([][]int, len(c.lived)/states)
	for row, lived := range c.lived {
		if lived {
			c.livedIn[row/states] = append(c.livedIn[row/states], row%states)
		}
	}
}

// UnitsOf returns payable units by quarter for one metric and commissioner.
func (c *Counts[N]) UnitsOf(metric, commissioner int) []N {
	return row(c.Units, c.Shape.Row(metric, commissioner), len(c.Shape.Quarters))
}

// ReferredIn returns children referred by quarter for one cohort and commissioner.
func (c *Counts[N]) ReferredIn(cohort, commissioner int) []N {
	return row(c.Referred, c.Shape.Row(cohort, commissioner), len(c.Shape.Quarters))
}

// StartedIn returns children started by quarter for one cohort and commissioner.
func (c *Counts[N]) StartedIn(cohort, commissioner int) []N {
	return row(c.Started, c.Shape.Row(cohort, commissioner), len(c.Shape.Quarters))
}

// PreparingIn returns the weeks of open cases before the start by quarter for
// one cohort and commissioner.
func (c *Counts[N]) PreparingIn(cohort, commissioner int) []N {
	return row(c.Preparing, c.Shape.Row(cohort, commissioner), len(c.Shape.Quarters))
}
