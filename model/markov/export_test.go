package markov

// Entries are the entries that a value on entry is made from.
func (t *Trace) Entries(state string) []float64 { return t.entries(state) }
