package montecarlo

// Paths returns a measure's value in every period of every replication: one
// row for each replication, in order, and in it one value for each quarter of
// the programme, or for [Position], and with Options.DailyCash for [Receipts] and
// [DeliveryCost], one for each day on which money can move.
// Amounts are in £, with common random numbers or in a pairing that is named as for
// [Result.Values]. It is nil if the result does not have the measure by period:
// because it was run with Options.TotalsOnly, was read back from JSON, reports
// the measure as a total alone, or did not keep its values (see
// Options.MemoryLimit).
func (r *Result) Paths(name string, of ...string) [][]float64 {
	if r == nil || r.run == nil || r.run.condensed != nil {
		return nil
	}
	of, independent := pairingIn(of)
	for _, c := range r.run.columns {
		if (c.period == quarterly || c.period == daily) && c.independent == independent && c.is(name, of) {
			return r.run.paths(c, r.Conventions.Replications)
		}
	}
	return nil
}

// paths returns a series of the first n replications, in order, as reported.
func (r *runner) paths(c column, n int) [][]float64 {
	paths := make([][]float64, n)
	cells := make([]float64, n*c.width)
	for i := range paths {
		paths[i] = cells[i*c.width : (i+1)*c.width : (i+1)*c.width]
	}
	values := make([]float64, n)
	for q := range c.width {
		for i, v := range r.values.of(c.at+q, values) {
			paths[i][q] = c.scale(v)
		}
	}
	return paths
}
