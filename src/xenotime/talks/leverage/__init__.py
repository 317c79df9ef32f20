"""Leverage: who loses what by a control, from when to when, and how long that lasts (M21, M22).

A world, a control and what stays the same go in; out come the accounts of every region month by month, the
losses of both sides over start and duration, the half-life of the gap, and what makes it shrink.
"""
