// Package subtraction finds what hidden counts of a table follow from its sums by
// subtraction.
//
// Take the rows and columns of the table as the points of a graph, and each hidden count
// as the line from its row to its column. Where the sums of all rows and columns are
// known, a hidden count is open just if it lies on a cycle, round which 1 can be added
// and taken away in turn. A line that lies on none is called a bridge, and its count
// follows from the sums on one side of it.
//
// Sums of other shapes, such as some of the bands of a row, are solved as linear equations:
// see [Reduce].
package subtraction

// Cell is a count in the sum of a row and in that of a column. Rows of which only the sum
// of all is known are one row here, as are such columns.
type Cell struct {
	Row, Column, Count int
	Small              bool // not to be known
	Hidden             bool
}

// Next is the place of the cell that is to be hidden next, so that no small one follows
// from the sums: the smallest that leads from one side of a bridge to the other, those of
// 0 last. It is -1 if no small one follows, or if there is nothing more to hide.
func Next(cells []Cell) int {
	for i, c := range cells {
		if !c.Hidden || !c.Small {
			continue
		}
		rows, columns := side(cells, i)
		if columns[c.Column] {
			continue
		}
		if least := leastAcross(cells, rows, columns); least >= 0 {
			return least
		}
	}
	return -1
}

// side is the rows and columns that hidden cells lead to from the row of one, without it.
func side(cells []Cell, without int) (rows, columns map[int]bool) {
	rows, columns = map[int]bool{cells[without].Row: true}, map[int]bool{}
	for again := true; again; {
		again = false
		for i, c := range cells {
			if c.Hidden && i != without && rows[c.Row] != columns[c.Column] {
				rows[c.Row], columns[c.Column], again = true, true, true
			}
		}
	}
	return rows, columns
}

// leastAcross is the place of the smallest shown cell of which only the row or only the
// column is on a side; -1 if there is none.
func leastAcross(cells []Cell, rows, columns map[int]bool) int {
	least := -1
	for i, c := range cells {
		if c.Hidden || rows[c.Row] == columns[c.Column] {
			continue
		}
		if least < 0 || c.Count > 0 && (cells[least].Count == 0 || c.Count < cells[least].Count) {
			least = i
		}
	}
	return least
}
