package contract

// capMetrics limits the claims of a quarter to what is left of each metric's
// caps.
func capMetrics[N Number](p *Pricer, counts *Counts[N], into *Ledger, q int) {
	for m := range p.shape.Metrics {
		if p.caps.units[m] < noCap {
			capUnits(p, counts, into, m, q)
		}
		if p.caps.amount[m].pence < noCap {
			p.limit(into, p.work.metricLines[m], p.work.room.amount[m], q)
		}
	}
}

// capUnits limits one metric's units of a quarter to what is left of its cap
// in units. Units are counted before the deadweight is taken off; those of a
// quarter with a grant count too. Where the cap binds, the units left are shared
// over commissioners pro rata: whole units by largest remainder, ties by name;
// expected units exactly.
func capUnits[N Number](p *Pricer, counts *Counts[N], into *Ledger, m, q int) {
	lines, quarters := p.work.metricLines[m], len(p.shape.Quarters)
	total := 0.0
	for _, line := range lines {
		total += float64(counts.Units[line*quarters+q])
	}
	left := p.work.room.units[m]
	p.work.room.units[m] = max(0, left-total)
	if total <= left {
		return
	}
	if !isWhole[N]() {
		for n, line := range lines {
			i := line*quarters + q
			p.work.units[n] = float64(counts.Units[i]) * (left / total)
			into.Allowed[i] = value(p.work.units[n], p.prices()[i], p.paid[m])
		}
		p.allowBeyond(into, m, q, false)
		return
	}
	for n, line := range lines {
		p.work.weights[n] = int64(counts.Units[line*quarters+q])
	}
	apportion(int64(left), p.work.weights[:len(lines)], p.work.parts, p.work.remainders)
	for n, line := range lines {
		i := line*quarters + q
		p.work.units[n] = float64(p.work.parts[n])
		into.Allowed[i] = value(p.work.parts[n], p.prices()[i], p.paid[m])
	}
	p.allowBeyond(into, m, q, true)
}

// spendMetricCaps takes what all caps and a grant have let through out of what
// is left of each metric's cap in £. A grant is not limited by that cap, so it
// may use up more than there is.
func (p *Pricer) spendMetricCaps(into *Ledger, q int) {
	quarters := len(p.shape.Quarters)
	for m, limit := range p.caps.amount {
		if limit.pence == noCap {
			continue
		}
		left := &p.work.room.amount[m]
		for _, line := range p.work.metricLines[m] {
			*left -= into.Allowed[line*quarters+q]
		}
		*left = max(0, *left)
	}
}
