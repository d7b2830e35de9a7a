package contract

// CellByCell prices care by the plain rule.
func (p *Pricer) CellByCell() *Pricer {
	plain := p.Clone()
	plain.care = plain.care.clone()
	plain.care.pence = nil
	return plain
}
