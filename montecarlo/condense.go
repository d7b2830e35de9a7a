package montecarlo

// Where the values of all replications would take more memory than
// Options.MemoryLimit, only so many of them are held at a time; each of their
// columns is then condensed into a histogram, in order of replication, so that
// neither the number of workers nor that of shards matters. The first lot
// decides the edges of the bins.
const (
	atATime = 4096 // replications
	bins    = 4096 // of a histogram, without the two for what lies outside
)

// condense adds the first n replications that are held to the histograms, if the
// values are not kept, and makes room for those that follow.
func (r *runner) condense(n int) {
	if r.condensed == nil || n == 0 {
		return
	}
	if r.first == 0 && n < min(atATime, r.to) {
		r.condensed = nil // the run was stopped before there was more than can be held
		return
	}
	columns := r.byValue()
	r.overValues(func() func(int) {
		values := make([]float64, n)
		return func(at int) {
			r.columnInto(columns[at], at, values)
			h := &r.condensed[at]
			if r.first == 0 {
				h.frame(values)
			}
			for _, v := range values {
				h.add(v)
			}
		}
	})
	r.values.clear()
	r.first += n
}
