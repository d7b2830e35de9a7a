package contract

// capPerChild is what is left of the most units that one child can earn, where
// each week earns the same.
type capPerChild struct {
	perWeek int64 // units
	left    int64 // units
}

// pay pays a run of weeks, as many of them as the cap leaves. The week in which
// the cap is reached is paid in part.
func (c *capPerChild) pay(from, weeks int, spans []Span) []Span {
	if c.left <= 0 {
		return spans
	}
	if full := min(weeks, int(c.left/c.perWeek)); full > 0 {
		spans = append(spans, Span{From: from, To: from + full, Units: c.perWeek})
		from, weeks, c.left = from+full, weeks-full, c.left-int64(full)*c.perWeek
	}
	if weeks > 0 && c.left > 0 {
		spans = append(spans, Span{From: from, To: from + 1, Units: c.left})
		c.left = 0
	}
	return spans
}
