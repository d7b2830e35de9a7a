package expect

// WithoutBlocks follows every cohort week by week.
func (r *Redraw) WithoutBlocks() *Redraw {
	plain := r.Clone()
	for i := range plain.cohorts {
		plain.cohorts[i].blocks = nil
	}
	return plain
}

// Blocks is in how many blocks each cohort is followed; 0 for week by week.
func (r *Redraw) Blocks() (n []int) {
	for i := range r.cohorts {
		if b := r.cohorts[i].blocks; b != nil {
			n = append(n, len(b.list))
		} else {
			n = append(n, 0)
		}
	}
	return n
}

// Pausing is the metrics, by cohort and metric, whose weeks with pauses are followed
// without a count of them.
func (r *Redraw) Pausing() (names []string) {
	for i := range r.cohorts {
		for _, m := range r.cohorts[i].settled.metrics {
			if m.pauses != nil {
				names = append(names, r.settled.programme.Contract.Metrics[m.index].Name)
			}
		}
	}
	return names
}
