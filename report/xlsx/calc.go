package xlsx

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// calc works the formulas of a workbook out, so that the file holds their values
// before a spreadsheet opens it, and reads the figures of its checks. It knows the
// few functions that the workbook uses and no others, so that a formula can only
// use what every spreadsheet has.
type calc struct {
	sheets map[string]*sheet
	busy   map[*cell]bool
}

// work works out every cell of a book.
func (b *book) work() error {
	c := &calc{map[string]*sheet{}, map[*cell]bool{}}
	for _, s := range b.sheets {
		c.sheets[s.name] = s
	}
	for _, s := range b.sheets {
		for i, row := range s.rows {
			for j := range row {
				if err := c.cell(&row[j]); err != nil {
					return fmt.Errorf("%s!%s%d: %w", s.name, letters(j), s.first()+i, err)
				}
			}
		}
	}
	return nil
}

// longestFormula is what Excel takes, with some to spare.
const longestFormula = 8000

// cell works one cell out.
func (c *calc) cell(at *cell) (err error) {
	if at.formula == "" || at.value != nil {
		return nil
	}
	if len(at.formula) > longestFormula {
		return fmt.Errorf("a formula has %d characters and may have %d: there are too many metrics, councils or payers for a workbook", len(at.formula), longestFormula)
	}
	if c.busy[at] {
		return fmt.Errorf("the formula %s needs its own result", at.formula)
	}
	c.busy[at] = true
	defer delete(c.busy, at)
	p := &parser{calc: c, text: at.formula}
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case formulaFault:
			err = fmt.Errorf("%s: %s", at.formula, string(fault))
		default:
			panic(fault)
		}
	}()
	at.value = scalar(p.comparison())
	if p.skip(); p.i < len(p.text) {
		return fmt.Errorf("%s: cannot be read from character %d on", at.formula, p.i+1)
	}
	return nil
}

// formulaFault is what is wrong with a formula.
type formulaFault string

// parser reads a formula and works it out as it goes: comparison, sum, product, power.
type parser struct {
	calc *calc
	text string
	i    int
}

func (p *parser) skip() {
	for p.i < len(p.text) && p.text[p.i] == ' ' {
		p.i++
	}
}

// take takes one of some signs, the longest first.
func (p *parser) take(signs ...string) string {
	p.skip()
	for _, sign := range signs {
		if strings.HasPrefix(p.text[p.i:], sign) {
			p.i += len(sign)
			return sign
		}
	}
	return ""
}

func (p *parser) comparison() any {
	left := p.sum()
	sign := p.take("<=", ">=", "<>", "<", ">", "=")
	if sign == "" {
		return left
	}
	return compare(scalar(left), sign, scalar(p.sum()))
}

func compare(left any, sign string, right any) bool {
	a, isText := left.(string)
	b, alsoText := right.(string)
	if isText || alsoText { // only equality is asked of texts
		return (isText && alsoText && a == b) == (sign == "=")
	}
	x, y := toNumber(left), toNumber(right)
	switch sign {
	case "<=":
		return x <= y
	case ">=":
		return x >= y
	case "<>":
		return x != y
	case "<":
		return x < y
	case ">":
		return x > y
	}
	return x == y
}

func (p *parser) sum() any {
	left := p.product()
	for {
		switch p.take("+", "-", "&") {
		case "+":
			left = num(left) + num(p.product())
		case "-":
			left = num(left) - num(p.product())
		case "&":
			left = toText(scalar(left)) + toText(scalar(p.product()))
		default:
			return left
		}
	}
}

func (p *parser) product() any {
	left := p.power()
	for {
		switch p.take("*", "/") {
		case "*":
			left = num(left) * num(p.power())
		case "/":
			by := num(p.power())
			if by == 0 {
				panic(formulaFault("divides by 0"))
			}
			left = num(left) / by
		default:
			return left
		}
	}
}

func (p *parser) power() any {
	left := p.single()
	if p.take("^") != "" {
		return math.Pow(num(left), num(p.single()))
	}
	return left
}

func (p *parser) single() any {
	switch {
	case p.take("-") != "":
		return -num(p.single())
	case p.take("(") != "":
		v := p.comparison()
		if p.take(")") == "" {
			panic(formulaFault("a bracket is not closed"))
		}
		return v
	case p.take(`"`) != "":
		end := strings.IndexByte(p.text[p.i:], '"')
		v := p.text[p.i : p.i+end]
		p.i += end + 1
		return v
	}
	p.skip()
	begin := p.i
	for p.i < len(p.text) && strings.IndexByte("+-*/^&()<>=,\" ", p.text[p.i]) < 0 {
		p.i++
	}
	word := p.text[begin:p.i]
	if v, err := strconv.ParseFloat(word, 64); err == nil {
		return v
	}
	if p.take("(") != "" {
		return p.function(word)
	}
	return p.calc.lookUp(word)
}

// function reads the arguments of a function. Of an IF, what is not asked for is
// worked out as well, and an error in it is let pass.
func (p *parser) function(name string) any {
	if name == "IF" {
		return p.choose()
	}
	var given []any
	for p.take(")") == "" {
		given = append(given, p.comparison())
		p.take(",")
	}
	f, ok := functions[name]
	if !ok {
		panic(formulaFault("there is no function " + name))
	}
	return f(given)
}

// choose is IF(condition,one,other): only the one that holds is worked out, so that a
// formula may guard itself against what cannot be divided.
func (p *parser) choose() any {
	holds := truth(scalar(p.comparison()))
	p.take(",")
	begin := p.i
	p.past()
	one := p.text[begin:p.i]
	p.take(",")
	begin = p.i
	p.past()
	other := p.text[begin:p.i]
	p.take(")")
	if holds {
		other = one
	}
	inner := &parser{calc: p.calc, text: other}
	return inner.comparison()
}

// past goes to the end of an argument.
func (p *parser) past() {
	depth, quoted := 0, false
	for ; p.i < len(p.text); p.i++ {
		switch c := p.text[p.i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case (c == ')' || c == ',') && depth == 0:
			return
		case c == ')':
			depth--
		}
	}
}

// functions are all that formulas of the workbook use. All are in LibreOffice 7.4 and
// in Excel since 2007.
var functions = map[string]func([]any) any{
	"ROUND": func(v []any) any { return round(num(v[0]), int(num(v[1]))) },
	"INT":   func(v []any) any { return math.Floor(num(v[0])) },
	"ABS":   func(v []any) any { return math.Abs(num(v[0])) },
	"SUM": func(v []any) any {
		total := 0.0
		for _, x := range numbers(v...) {
			total += x
		}
		return total
	},
	"MIN": func(v []any) any {
		least := math.Inf(1)
		for _, x := range numbers(v...) {
			least = min(least, x)
		}
		return least
	},
	"MAX": func(v []any) any {
		most := math.Inf(-1)
		for _, x := range numbers(v...) {
			most = max(most, x)
		}
		return most
	},
	"AND": func(v []any) any {
		for _, x := range v {
			if !truth(scalar(x)) {
				return false
			}
		}
		return true
	},
	"OR": func(v []any) any {
		for _, x := range v {
			if truth(scalar(x)) {
				return true
			}
		}
		return false
	},
	"ISNUMBER": func(v []any) any { _, ok := scalar(v[0]).(float64); return ok },
	"ROWS":     func(v []any) any { return float64(len(flat(v[0]))) }, // of one column
	"COUNTIF":  func(v []any) any { return sumIf(v[0], scalar(v[1]), nil) },
	"SUMIF":    func(v []any) any { return sumIf(v[0], scalar(v[1]), v[2]) },
	"SUMPRODUCT": func(v []any) any {
		total, others := 0.0, flat(v[1])
		for i, x := range flat(v[0]) {
			total += toNumber(x) * toNumber(others[i])
		}
		return total
	},
	"RANK": func(v []any) any { // from the largest down
		rank := 1.0
		for _, x := range numbers(v[1]) {
			if x > num(v[0]) {
				rank++
			}
		}
		return rank
	},
	"INDEX": func(v []any) any {
		cells, i := flat(v[0]), int(num(v[1]))
		if i < 1 || i > len(cells) {
			panic(formulaFault(fmt.Sprintf("there is no cell %d of %d", i, len(cells))))
		}
		return cells[i-1]
	},
}

// sumIf adds up the cells of to where those of among are like what is wanted, or
// counts these.
func sumIf(among, wanted, to any) any {
	total, values := 0.0, flat(to)
	for i, v := range flat(among) {
		if !compare(v, "=", wanted) {
			continue
		}
		switch {
		case to == nil:
			total++
		default:
			if x, ok := values[i].(float64); ok {
				total += x
			}
		}
	}
	return total
}

// round rounds half away from zero, as ROUND does: to decimals on the shortest text of
// the number, so that 1.005 is what it says.
func round(v float64, decimals int) float64 {
	if decimals == 0 {
		return math.Round(v)
	}
	power := math.Pow(10, float64(decimals))
	scaled := v * power
	if near := math.Round(scaled*2) / 2; math.Abs(scaled-near) <= math.Abs(scaled)*1e-15 {
		scaled = near
	}
	return math.Round(scaled) / power
}

// area is the cells of a range.
type area []any

func flat(v any) area {
	if all, ok := v.(area); ok {
		return all
	}
	return area{v}
}

// numbers are the numbers of some values; texts in a range count for nothing.
func numbers(values ...any) (all []float64) {
	for _, v := range values {
		for _, x := range flat(v) {
			if f, ok := x.(float64); ok {
				all = append(all, f)
			}
		}
	}
	return all
}

func scalar(v any) any {
	if all, ok := v.(area); ok {
		if len(all) != 1 {
			panic(formulaFault("a range stands where one cell must"))
		}
		return all[0]
	}
	return v
}

func num(v any) float64 { return toNumber(scalar(v)) }

func toNumber(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	}
	panic(formulaFault(fmt.Sprintf("%v is not a number", v)))
}

func toText(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func truth(v any) bool {
	b, ok := v.(bool)
	return ok && b || !ok && toNumber(v) != 0
}

// lookUp is the values at an address, as Sheet!$A$1 or Sheet!A1:B2.
func (c *calc) lookUp(address string) any {
	name, cells, ok := strings.Cut(strings.ReplaceAll(address, "$", ""), "!")
	s := c.sheets[name]
	if !ok || s == nil {
		panic(formulaFault(address + " is no cell"))
	}
	from, to, isRange := strings.Cut(cells, ":")
	if !isRange {
		return c.value(s, from)
	}
	left, top := place(from)
	right, bottom := place(to)
	var all area
	for row := top; row <= bottom; row++ {
		for column := left; column <= right; column++ {
			all = append(all, c.valueAt(s, column, row))
		}
	}
	return all
}

func place(address string) (column, row int) {
	column, row, err := excelize.CellNameToCoordinates(address)
	if err != nil {
		panic(formulaFault(address + " is no cell"))
	}
	return column, row
}

func (c *calc) value(s *sheet, address string) any {
	column, row := place(address)
	return c.valueAt(s, column, row)
}

// valueAt is the value of a cell, columns and rows counted from 1.
func (c *calc) valueAt(s *sheet, column, row int) any {
	at := row - s.first()
	if at < 0 || at >= len(s.rows) || column > len(s.rows[at]) {
		panic(formulaFault(fmt.Sprintf("%s!%s%d is not in the table", s.name, letters(column-1), row)))
	}
	one := &s.rows[at][column-1]
	if err := c.cell(one); err != nil {
		panic(formulaFault(err.Error()))
	}
	return one.value
}
