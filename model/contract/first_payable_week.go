package contract

// accrue pays the weeks of a life that are in payable states, from the first
// payable week to the end of the window, both counted from the start, up to the
// cap per child. A week out of the payable states is an interruption, also
// before the first payable week.
func accrue(p Path, firstPayable, window int, i Interruption, limit capPerChild, spans []Span) []Span {
	if p.Start < 0 {
		return spans
	}
	for _, stay := range p.Stays {
		if stay.To <= p.Start {
			continue
		}
		if !p.Payable.Has(stay.State) {
			if i == Ends {
				break
			}
			continue
		}
		first := max(stay.From-p.Start, firstPayable)
		weeks := min(stay.To-p.Start, window) - first
		if weeks > 0 {
			spans = limit.pay(p.Start+first, weeks, spans)
		}
	}
	return spans
}
