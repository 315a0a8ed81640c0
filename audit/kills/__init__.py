"""A build that is killed, or met by a fault of the disk, at any of its calls: the old site is whole, or the new one is.

python -m audit.kills                  300 kill points on three sites, and six faults at 50 points of each
python -m audit.kills --points 1000    more of them
"""
