// Package ssda903 reads the yearly returns on looked-after children that councils in
// England make (SSDA903), and gives the placements of each child without gaps,
// overlaps or anything that names a child.
package ssda903
